// What the widget itself says, English and Korean side by side. The bot's own words come from the server.

import { fill, type Translate } from '../shared/i18n';
import type { Locale } from '../shared/wire';

export const texts = {
  open: ['Open chat', '채팅 열기'],
  openUnread: ['Open chat, {n} unread', '채팅 열기, 읽지 않은 메시지 {n}개'],
  close: ['Close chat', '채팅 닫기'],
  panel: ['Chat with {name}', '{name} 채팅'],
  log: ['Messages', '대화 내용'],
  menu: ['More', '더보기'],
  person: ['Talk to a person', '상담원 연결'],
  language: ['한국어로 보기', 'View in English'],
  end: ['End chat', '상담 종료'],
  endAsk: ['End this chat?', '상담을 종료할까요?'],
  endMore: ['You can write again any time.', '종료한 뒤에도 언제든 다시 문의하실 수 있어요.'],
  endNo: ['Keep chatting', '계속 상담하기'],
  say: ['Write a message…', '메시지를 입력하세요'],
  sayAgain: ['Write to start a new chat…', '메시지를 보내면 새 상담이 시작돼요'],
  send: ['Send', '보내기'],
  state_bot: ['Answers right away', '바로 답변해 드려요'],
  state_queued: ['Finding a colleague for you…', '상담원을 찾고 있어요'],
  state_agent: ['Here to help you', '상담 중이에요'],
  state_closed: ['Chat ended', '상담이 종료되었어요'],
  stateOffline: ['Our team will get back to you', '상담원이 확인 후 연락드려요'],
  connecting: ['Connecting…', '연결하고 있어요…'],
  offline: ['No connection. Your messages go out as soon as it is back.', '연결이 끊겼어요. 보내신 메시지는 다시 연결되면 바로 전달돼요.'],
  refused: ['The chat is not available on this page.', '이 페이지에서는 채팅을 이용할 수 없어요.'],
  queued: ['Connecting you with a colleague', '상담원을 연결하고 있어요'],
  position: ['You are number {n} in line', '대기 순서 {n}번째'],
  next: ['You are next', '다음 차례예요'],
  wait: ['about {n} min', '약 {n}분'],
  cancel: ['Cancel', '연결 취소'],
  agentTag: ['Staff', '상담원'],
  you: ['You', '나'],
  sending: ['Sending…', '보내는 중…'],
  failed: ['Not sent.', '전송하지 못했어요.'],
  retry: ['Try again', '다시 보내기'],
  discard: ['Discard', '삭제'],
  typing: ['{name} is typing', '{name}님이 입력하고 있어요'],
  seen: ['Seen', '읽음'],
  older: ['Earlier messages', '이전 대화'],
  latest: ['New messages', '새 메시지'],
  products: ['Products', '상품'],
  before: ['Previous products', '이전 상품'],
  after: ['Next products', '다음 상품'],
  compared: ['Comparison', '상품 비교'],
  differs: ['What differs', '다른 점'],
  same: ['Same in all', '모두 같음'],
  unknown: ['Not known', '정보 없음'],
  was: ['List price', '정가'],
  in_stock: ['In stock', '재고 있음'],
  out_of_stock: ['Sold out', '품절'],
  preorder: ['Pre-order', '예약 판매'],
  backorder: ['Ships later', '입고 예정'],
  stars: ['Rated {n} of 5', '5점 만점에 {n}점'],
  rate: ['Rate {n} of {max}', '{max}점 중 {n}점'],
  commentLabel: ['Anything to add? (optional)', '더 남기실 말씀이 있나요? (선택)'],
  surveySkip: ['Not now', '다음에 할게요'],
  surveyThanks: ['Thank you for your feedback.', '소중한 의견 감사합니다.'],
  newWindow: ['opens in a new window', '새 창에서 열림'],
} as const;

export type TextKey = keyof typeof texts;

export const speaking =
  (locale: Locale): Translate<TextKey> =>
  (key, values) =>
    fill(texts[key][locale === 'ko' ? 1 : 0], values);
