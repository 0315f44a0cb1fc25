#include "nlu/meanings.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "nlu/features.hpp"

namespace maru::nlu {
namespace {

// One idea a line. '*' ends a Latin form that may go on ("deliver*"); Korean forms may always go on, and
// those of two syllables and more may stand anywhere in a word, as spacing is loose.
constexpr auto lexicon = std::to_array<std::string_view>({
    // deliveries
    "배송|택배|배달|발송|출고|배숑|deliver*|shipping|shipment*|ship|ships|shipped|parcel*|package*|courier*|"
    "dispatch*|"
    "mailed|택베|베송",
    "도착|언제 와|언제와|언제 오|언제오|안 와|안와|안 왔|안왔|안 옴|받을 수 "
    "있|받아볼|받나요|오나요|올까|오는|왔어|와요|수령|arriv*|get here|"
    "show up|come in|get my|receive*|turn up|turned up|reach me|get it",
    "배송비|배송료|택배비|운송비|배달비|배송 비용|shipping fee*|shipping cost*|delivery fee*|delivery "
    "cost*|delivery charge*|shipping "
    "charge*|postage|free shipping|free delivery|무료배송|무료 배송|무배|cost of shipping|cost of "
    "delivery|ship for free|deliver for free|"
    "배송비용|pay for shipping|pay for delivery|shipping free|delivery free",
    "추적|조회|운송장|송장|어디쯤|어디까지|위치|진행 상황|진행상황|현황|track*|where is my|where's my|wheres "
    "my|whereabouts|status|"
    "where my|어디 있|어디있|어디에 있|어디 갔|어디갔|어디까지 왔|오고 있",
    "당일|오늘 출발|새벽|빠른 배송|빠른배송|퀵|총알|로켓|익일|특급|same day|same-day|next "
    "day|next-day|express|overnight|expedite*|rush|"
    "faster shipping|fast shipping|fast delivery|오늘 받|내일 받|당일배송|priority shipping",
    "해외|국외|외국|제주|도서산간|섬|산간|지방|overseas|international*|abroad|outside korea|another "
    "country|jeju|island*|remote|foreign|"
    "worldwide|globally|other countries|직구",
    "주소|배송지|받는 곳|배달지|이사|address*|shipping address|move to|moved|different place|다른 "
    "곳으로|다른 데로",
    "경비실|문 앞|문앞|부재|집에 없|비대면|현관|공동현관|front door|doorstep|not home|not at home|leave "
    "it|doorman|concierge|safe place|"
    "nobody home|won't be home|be out",
    "늦|지연|오래 걸|안 움직|멈춰|밀려|late|delay*|taking so long|taking forever|overdue|stuck|not "
    "moved|hasn't moved|behind schedule|"
    "still waiting|아직도|아직 안|언제까지 기다|slow",
    "분실|잃어버|없어졌|사라졌|못 받|안 받았|받지 못|누락|빠져|빠졌|안 들어|덜 왔|lost|missing|never "
    "arrived|never came|not received|didn't "
    "receive|haven't received|did not receive|stolen|disappear*|not in the box|left out|incomplete|didn't "
    "get|haven't gotten",
    // orders
    "주문|오더|order*|purchase*|bought|구매|구입|샀|산 거|산거|산 물건|시킨|시켰",
    "취소|철회|무르|물릴|cancel*|call off|stop my order|revoke|undo|don't want it anymore|안 "
    "살래|안살래|취소해|changed my mind|안 사",
    "변경|수정|바꾸|바꿔|바꿀|고치|고쳐|정정|change*|modify*|edit*|update*|alter|amend|correct|switch|바꾸고|"
    "바꿨",
    "내역|기록|이력|목록|히스토리|지난 주문|history|past orders|previous orders|records|order list|list of "
    "orders",
    "주문번호|주문 번호|order number*|order no|order id|reference number|confirmation number",
    "장바구니|카트|담아|담았|담기|cart|basket|add to|bag",
    "품절|매진|없나요|sold out|out of stock|unavailable|품귀|다 팔",
    "재고|남아|남았|있나요|있어요|있습니까|살 수 있|구할 수|stock|in stock|available|availability|left|do "
    "you have|do you carry|do you "
    "sell|have any|파나요|팔아요|파시나요|취급|got any",
    "재입고|입고|다시 들어|언제 들어|restock*|back in stock|available again|come "
    "back|알림|notify|notification*|알려줘|alert",
    "예약|사전|preorder*|pre-order*|pre order*|reserve*|reservation|book|미리 주문|선주문",
    // returns
    "반품|반송|돌려보내|돌려 보내|리턴|return*|send back|send it back|sending back|take back|give "
    "back|돌려주|보내고 싶|sending it back|"
    "bring back|bring it back",
    "환불|돈 돌려|돈돌려|돌려받|환급|페이백|refund*|money back|reimburs*|get my money|환뷸|돈 받|돈을 "
    "돌려|입금",
    "교환|맞교환|다른 걸로 바|다른거로|다른 걸로|다른 색으로|다른 사이즈|exchange*|swap*|replace*|trade "
    "it|different size|different color|"
    "another one|새 걸로|새걸로|새 제품으로|new one instead",
    "수거|회수|방문|픽업|가지러|pickup|pick up|pick-up|collect*|come get",
    "반품비|왕복|반품 배송비|교환 배송비|return shipping|return fee*|return label|restocking fee|cost to "
    "return|pay for return|prepaid label",
    "단순 변심|변심|마음이 바|맘이 바|맘에 안|마음에 안|changed my mind|don't like|dont like|not what i "
    "expected|안 맞|don't need",
    "개봉|뜯|포장을 뜯|포장 뜯|사용한|써봤|쓰던|opened|unopened|used|unboxed|tag*|open box|after "
    "opening|열어|열었|original packaging",
    "불량|하자|결함|이상해|이상이|문제가|defect*|faulty|flaw*|malfunction*|problem*|issue*|문제|something "
    "wrong|오류|에러",
    "파손|깨졌|깨져|깨진|부서|망가|찌그러|흠집|스크래치|긁|찢|damage*|broken|broke|crack*|shatter*|scratch*|"
    "dent*|smashed|torn|busted",
    "고장|안 켜|안켜|작동|안 돼|안돼|안 되|안되|안 나와|먹통|꺼져|멈|not working|doesn't work|doesnt "
    "work|won't turn on|not work|stopped "
    "working|dead|won't start|not turning on|won't charge|isn't working|stops working|dont work|don't work",
    "다른 게|다른게|다른 상품|다른 물건|잘못 왔|잘못왔|잘못 "
    "배송|잘못된|엉뚱|오배송|wrong|incorrect*|different item|not what i ordered|"
    "someone else's|mistake*|mixed up|다른 거 왔|다른거 왔|다른 제품이",
    "기간|기한|며칠 이내|며칠 안|며칠까지|언제까지|얼마 안에|얼마 이내|까지|deadline|within|time limit|how "
    "many days|window|last day|period",
    // money
    "결제|지불|계산|페이|납부|pay|paying|payment*|paid|checkout|check out|charge*|billing|결재|bill|billed",
    "카드|신용|체크카드|card*|credit|debit|visa|mastercard|amex",
    "할부|무이자|나눠서|나눠 내|installment*|instalment*|monthly payment*|pay later|split|pay in|in "
    "parts|개월로",
    "무통장|계좌|이체|송금|입금|가상계좌|bank transfer|wire|deposit|account number|bank "
    "account|transfer*|계좌이체",
    "카카오페이|네이버페이|토스|삼성페이|애플페이|간편결제|간편 결제|페이코|paypal|apple pay|samsung "
    "pay|google pay|kakao pay|kakaopay|naver "
    "pay|toss|mobile payment|digital wallet|wallet|venmo",
    "결제 수단|결제수단|결제 방법|결제방법|payment method*|payment option*|ways to pay|ways can i pay|forms "
    "of payment|how can i pay|how do i "
    "pay|뭘로 결제|뭐로 결제|어떻게 결제|types of payment|kinds of payment",
    "현금|캐시|cash|cod|cash on delivery|착불|후불",
    "영수증|현금영수증|세금계산서|계산서|증빙|거래명세서|receipt*|invoice*|tax|proof of "
    "purchase|vat|지출증빙",
    "할인|세일|행사|이벤트|특가|프로모션|싸게|discount*|sale*|promo*|deal|deals|offer|offers|event*|on "
    "sale|percent off|clearance|black "
    "friday|markdown|세일중",
    "쿠폰|할인코드|할인 코드|바우처|프로모션 코드|coupon*|voucher*|promo code*|discount "
    "code*|code|codes|gift code|쿠폰번호",
    "포인트|적립|마일리지|point*|reward*|mileage|loyalty|cashback|적립금|리워드|credits|earn",
    "가격|얼마|값|비용|요금|금액|price*|cost*|how "
    "much|fee|fees|pricing|rate|얼만|얼마예요|얼마에요|얼마인가|얼마임",
    "최저가|가격 보장|다른 데가 더|다른 곳이 더|더 싸게 파|price match*|cheaper elsewhere|lower price|lowest "
    "price|beat the price|match the "
    "price|차액|가격 매칭|price drop*|price guarantee|타사|타 사이트",
    "비싸|비싼|부담|expensive|pricey|costly|too much|overpriced",
    "싼|저렴|싸|가성비|cheap*|affordable|inexpensive|budget|low cost|low-cost|economical",
    "깎|네고|에누리|디씨|negotiate*|haggle|bargain*|better price|lower the price|knock off",
    "대량|단체|도매|기업|법인|B2B|많이 사|여러 개|bulk|wholesale|corporate|business order|large "
    "quantity|large order*|company order|"
    "volume|납품|견적|quote|quotation",
    "상품권|기프트카드|기프트 카드|gift card*|gift certificate*|e-gift|store credit",
    "선물|포장|기프트|리본|gift*|present|gift wrap*|wrapping|wrap|wrapped|선물포장|쇼핑백|메시지 카드|gift "
    "message",
    "생일|기념일|결혼|집들이|크리스마스|명절|어버이날|졸업|birthday|anniversary|wedding|christmas|"
    "housewarming|holiday*|graduation|valentine*|"
    "mother's day|father's day|추석|설날|입학|발렌타인|화이트데이|빼빼로",
    "중복|두 번 결제|두번 결제|이중|double charged|charged twice|duplicate*|twice|two times|두 번 빠|두번 "
    "빠|double",
    "승인|거절|실패|안 넘어|결제가 안|결제 안|결제 오류|결제오류|decline*|reject*|fail*|payment error|not "
    "going through|won't go through|"
    "doesn't go through|payment didn't|refused|not accepted|denied|unsuccessful",
    "환율|달러|외화|currency|exchange rate|dollars|usd|통화",
    // people and help
    "상담원|상담사|상담|사람이랑|사람하고|사람과|사람 연결|사람한테|직원|담당자|사람으로|사람 "
    "바꿔|human*|agent*|representative*|person|"
    "operator|live chat|real person|someone real|staff|advisor|talk to someone|speak to someone|speak "
    "with|talk with|real human|actual "
    "person|상담언|사람좀|live person|매니저|manager|supervisor",
    "연결|바꿔주|바꿔 주|통화|연락|전화|connect*|call|phone|contact*|reach|get in touch|transfer me|put me "
    "through|hotline|고객센터|콜센터|고객 센터|"
    "customer service|customer support|support team|help desk|이메일|메일|email|연락처",
    "영업|운영 시간|영업시간|운영시간|몇 시까지|몇시까지|몇 시에|몇시에|문 열|문열|문 "
    "닫|문닫|여나요|여는|닫나요|휴무|쉬는|open|opening|close|closes|"
    "closing|closed|business hours|opening hours|store hours|what time|hours|업무시간|상담시간|영업 "
    "시간|영업하|주말에도|일요일에도",
    "매장|지점|점포|오프라인|직영점|대리점|store|stores|shop|shops|branch*|location*|offline|showroom|in "
    "person|in-store|brick and mortar|"
    "쇼룸|전시장|체험",
    "어디|where|찾아가|가는 길|가는길|길 알|오시는|directions|near "
    "me|nearest|closest|nearby|근처|가까운|address of|주변|located",
    "주차|parking|park|주차장|valet",
    "불만|항의|컴플레인|클레임|complain*|complaint*|unhappy|dissatisf*|unsatisf*|terrible|awful|horrible|"
    "worst|disappoint*|최악|엉망|실망|"
    "짜증|화나|화가|열받|angry|furious|ridiculous|unacceptable|frustrat*|upset|annoy*|어이없|너무하|장난|"
    "별로예|별로에|불친절|rude",
    "고마워|감사|땡큐|고맙|thank*|thx|appreciate*|ty|cheers",
    "안녕|하이|헬로|반가|hello|hi|hey|good morning|good afternoon|good "
    "evening|greetings|howdy|ㅎㅇ|하이요|계세요|계신가|저기요|yo|hiya",
    "잘 있|잘있|바이|수고|끝|나중에|다음에|bye|goodbye|see you|later|farewell|take care|good night|that's "
    "all|that is all|끝낼게|그만|"
    "ㅂㅂ|ㅂㅇ|that'll be all",
    "로봇|봇|챗봇|ai|인공지능|기계|robot*|bot|chatbot|machine|사람이야|사람인가|사람이에요|사람 맞|are you "
    "real|are you human|누구",
    "도와|도움|뭐 할 수|뭐할수|뭘 할 수|무엇을 할|기능|help|assist*|what can you do|can you "
    "do|features|capabilities|뭐 해줄|할 줄",
    "이름|이름이|name|called",
    "농담|재밌|웃긴|심심|joke*|funny|bored|laugh",
    // account
    "회원|가입|회원가입|sign up|signup|register*|registration|create an account|create account|join|new "
    "account|open an account|member*|"
    "멤버|멤버십|membership",
    "탈퇴|계정 삭제|계정삭제|delete my account|delete account|close my account|deactivate*|unregister|remove "
    "my account|계정 없애|해지",
    "로그인|로그 인|접속|log in|login|sign in|signin|logged|logging|로그인이|get into my account|access my "
    "account",
    "비밀번호|비번|패스워드|암호|password*|passcode|pw|reset|locked out|비번을",
    "아이디|id|username|user name|userid",
    "계정|내 정보|내정보|프로필|account*|profile|마이페이지|개인정보|my info|personal information|personal "
    "info|회원정보|회원 정보",
    "등급|vip|레벨|티어|tier*|level|grade|benefit*|혜택|perks|우수",
    "비회원|non-member|without an account|without signing up|guest|no account|without registering|가입 "
    "없이|가입 안|가입안|회원 아니",
    "인증|본인|verify*|verification|authenticat*|확인 코드|인증번호|인증 번호|otp|sms code",
    "개인정보|보안|유출|프라이버시|privacy|security|secure|safe|personal data|data "
    "protection|gdpr|leak*|안전",
    "구독|뉴스레터|수신|광고|문자|unsubscribe*|subscribe*|subscription*|newsletter*|marketing|spam|수신거부|"
    "promotional email*|ads",
    "앱|어플|application|app|apps|mobile app|홈페이지|사이트|웹|website|site|web page|다운로드|download*",
    // products
    "추천|골라|뭐가 좋|뭐가좋|뭘 사|뭐 사|어떤 게|어떤게|어떤 걸|괜찮은|인기|잘 "
    "나가|잘나가|베스트|recommend*|suggest*|what should i|which one|"
    "best|popular|good one|pick for me|bestsell*|top rated|suggestion*|advice|help me choose|help me "
    "pick|help me find|골라줘|뭘 살",
    "찾|검색|보여|구경|search*|find*|show me|looking for|look for|browse|see some|찾고|찾아|보고 싶|i need "
    "a|i want a|want to buy|shopping for|"
    "알아보|사고 싶|사려고|살까|i'm after|in the market for",
    "비교|차이|다른 점|다른점|뭐가 더|compare*|comparison|difference*|versus|vs|better than|which is "
    "better|어느 게|어느게|뭐가 나",
    "사양|스펙|성능|크기|사이즈|무게|치수|용량|길이|spec*|specification*|dimension*|size*|weight|how big|how "
    "heavy|how long is|capacity|"
    "measure*|how wide|how tall|규격|몇 인치|몇인치|몇 키로|how large",
    "색|색상|컬러|색깔|color*|colour*|black|white|red|blue|pink|흰색|검정|검은|화이트|블랙|빨강|파랑|핑크",
    "브랜드|제조사|메이커|회사|brand*|manufacturer*|maker|made by|원산지|어디 거|어디거|어디꺼|made "
    "in|제조국",
    "정품|진품|짝퉁|가짜|가품|authentic*|genuine|fake*|counterfeit|original|official|real thing|legit|정식",
    "보증|as|a/"
    "s|에이에스|무상|품질보증|warranty|warranties|guarantee*|애프터|보증기간|coverage|covered|무상수리|"
    "보증서|under warranty",
    "수리|고쳐|서비스 센터|서비스센터|as 센터|as센터|as접수|as 접수|repair*|fix*|service center|service "
    "centre|mend|부품|replacement part*|"
    "spare part*|고치|maintenance|servicing|technician|기사",
    "설치|조립|장착|설치비|install*|assembl*|set up|setup|mount*|put together|set it up|배치|설치해|hook "
    "up|벽걸이",
    "사용법|설명서|사용 방법|쓰는 법|쓰는법|어떻게 써|어떻게 쓰|매뉴얼|사용설명|manual*|instruction*|how to "
    "use|user guide|guide|how do i use|"
    "tutorial|메뉴얼|조작",
    "연결이|페어링|블루투스|와이파이|호환|맞나요|맞을까|되는지|compatible|compatibility|work with|works "
    "with|fit|fits|bluetooth|wifi|wi-fi|"
    "pair|pairing|usb|지원|support",
    "충전|배터리|전원|battery|batteries|charge it|charging|charger|power|plug|오래 "
    "가|오래가|건전지|어댑터|adapter|전압|220|voltage|콘센트",
    "중고|리퍼|전시|refurb*|used|second hand|secondhand|pre-owned|open-box|b급|display "
    "model|리퍼비시|renewed|반품 상품",
    "후기|리뷰|평점|평가|별점|review*|rating*|feedback|testimonial*|써보신|stars|사용기|상품평",
    "신상|신제품|새로 나|출시|최신|new arrival*|newest|latest|just released|release*|new "
    "product*|launch*|coming out|언제 나와|신형|new "
    "model*|upcoming",
    "폐가전|헌|낡은|버려|버리|수거해|old one|recycl*|dispos*|haul away|trade in|trade-in|take away my "
    "old|보상판매|보상 판매|old appliance*|"
    "처리해|분리수거",
    "세트|묶음|구성|구성품|bundle*|set|combo|package deal|included|include*|comes with|what's in the "
    "box|들어있|들어 있|포함|동봉",
    "친환경|환경|eco*|sustainable|environment*|green|recyclable|재활용",
    "세탁|청소|관리|닦|빨래|clean*|wash*|maintain|care|필터|filter*|교체 주기|descale",
    "노트북|랩탑|laptop*|notebook*|맥북|macbook*|컴퓨터|computer*|pc|데스크탑|데스크톱|desktop*|울트라북",
    "휴대폰|핸드폰|스마트폰|폰|아이폰|갤럭시|phone*|smartphone*|iphone*|galaxy|mobile|cell phone*",
    "이어폰|헤드폰|헤드셋|에어팟|버즈|earphone*|headphone*|headset*|earbud*|airpods*|buds|이어버드",
    "스피커|사운드바|speaker*|soundbar*|sound bar*|오디오|audio",
    "티비|텔레비전|테레비|tv|tvs|television*|모니터|monitor*|화면|screen|display|디스플레이|프로젝터|"
    "projector*|빔",
    "마우스|키보드|mouse|mice|keyboard*|웹캠|webcam*|트랙패드",
    "청소기|로봇청소기|vacuum*|robot vacuum*|roomba|걸레|물걸레|mop*|무선청소기",
    "냉장고|세탁기|건조기|식기세척기|에어컨|선풍기|히터|난로|fridge*|refrigerator*|washer*|washing "
    "machine*|dryer*|dishwasher*|air "
    "conditioner*|aircon|ac|fan|heater*|가전|appliance*",
    "공기청정기|가습기|제습기|air purifier*|humidifier*|dehumidifier*|purifier*|공청기",
    "밥솥|전자레인지|오븐|에어프라이어|믹서|블렌더|커피머신|토스터|주전자|포트|rice "
    "cooker*|microwave*|oven*|air fryer*|airfryer*|blender*|"
    "mixer*|coffee maker*|coffee machine*|toaster*|kettle*|주방|kitchen",
    "소파|침대|책상|의자|식탁|매트리스|가구|서랍|책장|선반|sofa*|couch*|bed|beds|desk*|chair*|table*|"
    "mattress*|furniture|drawer*|bookshel*|"
    "shelf|shelves|옷장|행거",
    "이불|베개|커튼|침구|러그|카펫|수건|bedding|pillow*|blanket*|curtain*|rug*|carpet*|towel*|duvet*|"
    "comforter*|담요|홈|인테리어|조명|램프|전등|"
    "lamp*|light|lights|lighting|무드등|스탠드",
    "시계|워치|스마트워치|watch*|smartwatch*|밴드|fitness band|tracker",
    "카메라|camera*|렌즈|lens*|캠코더|gopro|액션캠|cctv|security camera*",
    "게임|콘솔|플스|닌텐도|스위치|gaming|game*|console*|playstation|ps5|xbox|nintendo",
    "태블릿|아이패드|tablet*|ipad*|e-reader|kindle|전자책",
    "케이블|충전기|보조배터리|케이스|거치대|cable*|power "
    "bank*|case*|stand|dock*|hub|허브|멀티탭|악세사리|액세서리|accessor*|extension cord*",
    "무선|블루투스|코드리스|wireless|cordless|유선|wired",
    "조용|소음|시끄|저소음|무소음|quiet*|noise|noisy|silent|loud|노이즈",
    "방수|생활방수|waterproof|water resistant|water-resistant|splash*|물에",
    // asking and doing
    "언제|몇 시|몇시|며칠|몇 일|몇일|when|what day|how soon|what time",
    "얼마나|오래|걸려|걸리|걸릴|시간이|how long|how many days|take to|takes to|소요|기간이",
    "어떻게|방법|어케|어떡|절차|how do|how can|how to|how does|way to|process|steps|procedure|하는 "
    "법|하는법|어떠케|what's the way",
    "왜|이유|why|reason|how come|어째서",
    "되나요|되나|되요|돼요|됩니까|가능|될까|할 수 있|할수 있|할수있|될지|can i|could i|may i|is it "
    "possible|possible|able to|allowed|am i able|"
    "해도 되|해도돼|be able|are you able|되는가|되는지",
    "하고 싶|하고싶|싶어|싶은|싶습|원해|할래|할게|want to|wanna|would like|i'd like|like to|need to|i want|i "
    "need|gotta|해야",
    "주세요|해줘|해주|줘|부탁|주실|주시|please|pls|plz|can you|could you|would you|give me|let me",
    "알려|궁금|문의|질문|여쭤|tell me|let me know|know "
    "about|question*|wondering|curious|inquir*|info|information|details|ask|설명해",
    "확인|체크|check*|confirm*|make sure|verify|봐 주|봐주|살펴|look up|look into",
    "아직|yet|still|여태|지금까지",
    "안 |못 "
    "|없|아니|않|말고|not|no|don't|dont|doesn't|doesnt|can't|cant|cannot|didn't|didnt|won't|isn't|never|"
    "haven't|hasn't|unable|"
    "couldn't|without",
    "이미|벌써|already|방금|아까|just now|recently|어제|yesterday|last week|지난주",
    "다시|또|재|again|once more|another time|re-send|resend|재발송|another|한번 더|한 번 더",
    "급해|급한|빨리|급하|당장|서둘|urgent*|asap|quickly|hurry|immediately|right away|soon|얼른|right now",
    "첫|처음|첫 구매|신규|first time|first order|first purchase|new customer|newcomer|처음인데",
    "전부|다 |모두|모든|all|everything|entire|whole|every",
    "일부|부분|하나만|따로|partial*|part of|only one|some of|separately|한 개만|나눠|나누어|일부만",
    "합배송|묶음배송|같이|한꺼번에|한번에|함께|combine*|together|same box|one shipment|합쳐|merge|at once",
    "살게|살래|사겠|구매할게|구매하겠|결제할게|이걸로 할|그걸로 할|이거로|이걸로|그걸로|buy it|take it|i'll "
    "take|i'll buy|i'll get|buy this|purchase this|"
    "주문할게|주문하겠|go with|get this one|buy now|order it|구매할래",
    "다른 거|다른거|다른 것|또 다른|더 보여|더 있|another|others|other options|alternatives|something "
    "else|more options|show more|비슷한|similar",
    "사진|이미지|동영상|photo*|picture*|image*|video*|실물",
    "사기|신고|scam*|fraud*|report|법적|소비자|legal|lawyer|sue|hacked|해킹|unauthorized|도용",
    "채용|알바|일자리|구인|지원하|job*|hiring|career*|recruit*|work for you|employment|part-time",
    "입점|제휴|협찬|광고 문의|partner*|vendor|supplier*|sell "
    "on|affiliate*|collab*|sponsor*|판매자|셀러|seller*",
    "날씨|weather|forecast|기온|비 와|비와",
    // banking, which every shop's visitors speak of too
    "충전|top up|top-up|topup|topping up|add money|load money|add funds|topped up|잔액|balance",
    "atm|현금인출|출금|인출|withdraw*|cash machine|cashpoint",
    "분실|도난|stolen|lost my card|lost card|freeze|block|blocked|정지",
    "핀|pin|pin number|핀번호",
    "보류|대기|pending|on hold|processing|처리 중|처리중|in progress|waiting for|process",
    "수수료|추가 요금|추가요금|extra charge*|extra fee*|additional charge*|surcharge*|hidden "
    "fee*|transaction fee*",
    "한도|제한|최대|limit*|maximum|restrict*|cap|최소|minimum|at least|최소 주문",
    "나이|age|몇 살|미성년|아이|아기|어린이|kid*|child*|baby|toddler*|아들|딸|son|daughter|years old",
    "부모님|엄마|아빠|어머니|아버지|할머니|남편|아내|여자친구|남자친구|친구|mom|mother|dad|father|parents|"
    "grandm*|wife|husband|girlfriend|"
    "boyfriend|friend*|coworker*|동료|상사|boss|선생님|여친|남친",
    "학생|대학생|학교|student*|college|school|university|교육|educational|공부",
    "군인|장애|경로|시니어|military|veteran*|senior*|disab*|복지",
    "강아지|고양이|반려|애완|pet*|dog*|cat|cats|puppy|kitten",
});

}  // namespace

MeaningLexicon::MeaningLexicon() {
    for (std::size_t m = 0; m < lexicon.size(); ++m) {
        auto rest = lexicon[m];
        while (!rest.empty()) {
            const auto bar = rest.find('|');
            auto form = rest.substr(0, bar);
            rest = bar == std::string_view::npos ? std::string_view() : rest.substr(bar + 1);
            const bool star = form.ends_with('*');
            if (star) form.remove_suffix(1);
            // "don't" and "dont" are one spelling in Words.
            std::string plain(form);
            std::erase(plain, '\'');
            for (auto& c : plain)
                if (c == '-' || c == '/') c = ' ';
            trie_.add(plain, static_cast<std::uint32_t>(meaning_.size()));
            open_.push_back(star);
            meaning_.push_back(static_cast<std::uint16_t>(m));
        }
    }
}

std::uint64_t MeaningLexicon::fingerprint() const noexcept {
    std::uint64_t h = lexicon.size();
    for (const auto line : lexicon)
        for (const auto c : line) h = mix(h ^ static_cast<unsigned char>(c));
    return h;
}

void MeaningLexicon::find(const Words& words, std::vector<Mention>& out) const {
    constexpr std::size_t max_codes = 1200;
    std::u32string codes;
    codes.reserve(words.codes.size() + words.list.size());
    std::vector<std::uint16_t> word_of;
    word_of.reserve(codes.capacity());
    for (std::size_t w = 0; w < words.list.size() && codes.size() < max_codes; ++w) {
        if (w > 0 && !words.list[w].glued) {
            codes.push_back(U' ');
            word_of.push_back(static_cast<std::uint16_t>(w));
        }
        codes += words[words.list[w]].substr(0, 64);
        word_of.resize(codes.size(), static_cast<std::uint16_t>(w));
    }
    const Reading reading(std::move(codes));
    std::array<bool, lexicon.size()> seen{};
    for (std::size_t i = 0; i < reading.size(); ++i) {
        if (reading.codes[i] == U' ') continue;
        const bool hangul = reading.hangul_at(i);
        const bool inside = hangul ? reading.hangul_before(i) : !reading.latin_border_before(i);
        if (inside && !hangul) continue;
        trie_.walk(reading, i, [&](const PhraseTrie::Match& match) {
            const auto meaning = meaning_[match.id];
            if (seen[meaning]) return;
            const auto length = match.end - match.begin;
            if (hangul) {
                if (length == 1 && (inside || !PhraseTrie::on_borders(reading, match.begin, match.end)))
                    return;
                if (inside && length < 2) return;
            } else if (!open_[match.id] && !reading.latin_border(match.end)) {
                return;
            }
            seen[meaning] = true;
            out.push_back({meaning, word_of[match.begin], word_of[match.end - 1]});
        });
    }
}

}  // namespace maru::nlu
