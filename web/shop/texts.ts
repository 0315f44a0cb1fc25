// The shop's own words in its two languages.

import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

import { type Translate, translator } from '../shared/i18n';
import type { Locale } from '../shared/wire';

const ko = {
  skip: '본문으로 건너뛰기', search: '상품 검색', searchHint: '무엇을 찾으세요?', cart: '장바구니', categories: '카테고리', language: '언어',
  heroKicker: '온마루 가을 집 단장', heroTitle: '일하는 책상도, 쉬는 방도\n한결 편하게', heroText: '책상 위 마우스부터 머리맡 조명까지, 직접 써 보고 고른 물건만 모았습니다.',
  heroButton: '인기 상품 보기', heroChat: '무엇을 살지 물어보기', popular: '지금 많이 찾는 상품', sale: '이번 주 할인', gifts: '집들이 선물 고르기', all: '전체 보기', benefits: '구매 혜택',
  benefit1: '{price} 이상 무료배송', benefit1Text: '평일 오후 2시 전 주문은 당일 출고', benefit2: '7일 이내 반품', benefit2Text: '마음이 바뀌어도 괜찮아요', benefit3: '한국어·영어 상담', benefit3Text: '채팅으로 바로 답해 드려요',
  sort: '정렬', byPopular: '인기순', byLow: '낮은 가격순', byHigh: '높은 가격순', byRating: '평점순', price: '가격', anyPrice: '전체 가격', upTo: '{price} 이하', from: '{price} 이상', kind: '종류', anyKind: '전체', inStockOnly: '품절 제외',
  found: '상품 {count}개', nothing: '조건에 맞는 상품이 없어요.', nothingHint: '조건을 넓혀 보거나 채팅으로 물어보세요.', reset: '조건 지우기', results: '‘{query}’ 검색 결과',
  in_stock: '재고 있음', out_of_stock: '품절', preorder: '예약 판매', backorder: '입고 대기', rating: '평점 {rating}점', off: '{percent}% 할인', was: '정가', now: '판매가', colors: '색상', quantity: '수량', less: '수량 줄이기', more: '수량 늘리기',
  addToCart: '장바구니 담기', buyNow: '바로 구매', added: '장바구니에 담았어요.', viewCart: '장바구니 보기', ask: '이 상품 문의하기', details: '상품 정보', brand: '브랜드', number: '상품 번호', related: '함께 보면 좋은 상품', delivery: '배송', deliveryText: '{fee} · 평일 1~2일 안에 도착', free: '무료 배송', fee: '배송비 {price}',
  cartEmpty: '장바구니가 비어 있어요.', goShopping: '쇼핑 계속하기', remove: '삭제', removeOf: '{title} 삭제', subtotal: '상품 금액', shipping: '배송비', total: '결제 금액', checkout: '주문하기', freeFrom: '{price} 더 담으면 무료 배송이에요.', items: '담은 상품', summary: '주문 요약',
  checkoutTitle: '주문서', demo: '연습용 주문서예요. 실제로 결제되거나 배송되지 않아요.', name: '받는 분', phone: '휴대폰 번호', address: '주소', payment: '결제 수단', card: '신용·체크카드', transfer: '계좌 이체', easy: '간편 결제', pay: '{price} 결제하기', required: '필수 항목입니다.',
  thanks: '주문이 접수되었어요', thanksText: '연습 주문 {order} · {price}. 함께해 주셔서 고맙습니다.', home: '홈', notFound: '찾으시는 페이지가 없어요.', notFoundText: '주소가 바뀌었거나 판매가 끝난 상품일 수 있어요.', loading: '불러오는 중…', failed: '상품을 불러오지 못했어요.', retry: '다시 시도',
  footer: '온마루는 소프트웨어를 보여 드리기 위한 가상의 가게입니다. 브랜드와 상품도 모두 지어낸 것입니다.', support: '고객 상담', chat: '채팅 상담 열기', staff: '상담원 로그인', menu: '메뉴', sorted: '목록', reviews: '평점',
};
type Key = keyof typeof ko;

const en: Record<Key, string> = {
  skip: 'Skip to content', search: 'Search products', searchHint: 'What are you looking for?', cart: 'Cart', categories: 'Categories', language: 'Language',
  heroKicker: 'Onmaru autumn refresh', heroTitle: 'An easier desk.\nA cosier room.', heroText: 'From the mouse under your hand to the lamp by your bed: only things we have tried and would keep.',
  heroButton: 'See what’s popular', heroChat: 'Ask what to buy', popular: 'Popular right now', sale: 'On sale this week', gifts: 'Housewarming gifts', all: 'See all', benefits: 'Why shop here',
  benefit1: 'Free delivery from {price}', benefit1Text: 'Order by 2 p.m. on weekdays, ships the same day', benefit2: '7-day returns', benefit2Text: 'Changed your mind? No problem', benefit3: 'Help in Korean and English', benefit3Text: 'Chat with us and get an answer right away',
  sort: 'Sort by', byPopular: 'Most popular', byLow: 'Price: low to high', byHigh: 'Price: high to low', byRating: 'Top rated', price: 'Price', anyPrice: 'Any price', upTo: 'Under {price}', from: '{price} and over', kind: 'Type', anyKind: 'All', inStockOnly: 'Hide sold out',
  found: '{count} products', nothing: 'Nothing matches these filters.', nothingHint: 'Try wider filters, or ask us in the chat.', reset: 'Clear filters', results: 'Results for “{query}”',
  in_stock: 'In stock', out_of_stock: 'Sold out', preorder: 'Pre-order', backorder: 'On back order', rating: 'Rated {rating} out of 5', off: '{percent}% off', was: 'List price', now: 'Price', colors: 'Colour', quantity: 'Quantity', less: 'One less', more: 'One more',
  addToCart: 'Add to cart', buyNow: 'Buy now', added: 'Added to your cart.', viewCart: 'View cart', ask: 'Ask about this product', details: 'Details', brand: 'Brand', number: 'Item number', related: 'You may also like', delivery: 'Delivery', deliveryText: '{fee} · arrives in 1–2 working days', free: 'Free delivery', fee: 'Delivery {price}',
  cartEmpty: 'Your cart is empty.', goShopping: 'Continue shopping', remove: 'Remove', removeOf: 'Remove {title}', subtotal: 'Items', shipping: 'Delivery', total: 'Total', checkout: 'Check out', freeFrom: 'Add {price} more for free delivery.', items: 'Items in your cart', summary: 'Order summary',
  checkoutTitle: 'Checkout', demo: 'This is a practice checkout: nothing is charged and nothing is shipped.', name: 'Recipient', phone: 'Mobile number', address: 'Address', payment: 'Payment', card: 'Card', transfer: 'Bank transfer', easy: 'Mobile pay', pay: 'Pay {price}', required: 'Please fill this in.',
  thanks: 'Order received', thanksText: 'Practice order {order} · {price}. Thank you for shopping with us.', home: 'Home', notFound: 'We can’t find that page.', notFoundText: 'The address may have changed, or the product is no longer sold.', loading: 'Loading…', failed: 'The products could not be loaded.', retry: 'Try again',
  footer: 'Onmaru is an imaginary shop that shows the software at work. Its brands and products are made up.', support: 'Support', chat: 'Open the chat', staff: 'Staff login', menu: 'Menu', sorted: 'List', reviews: 'Rating',
};

export interface Words {
  locale: Locale;
  t: Translate<Key>;
}
export const words = (locale: Locale): Words => ({ locale, t: translator<Key>({ ko, en }, locale) });
export const WordsContext = createContext<Words>(words('ko'));
export const useWords = (): Words => useContext(WordsContext);
export type { Key };
