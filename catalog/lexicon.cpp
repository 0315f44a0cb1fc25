#include "catalog/lexicon.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace maru::catalog {
namespace {

constexpr std::array<std::string_view, 22> kColors{
    "black",  "white",     "gray",       "silver", "red",         "blue",  "navy", "green",
    "yellow", "orange",    "pink",       "purple", "brown",       "beige", "gold", "ivory",
    "mint",   "turquoise", "multicolor", "khaki",  "transparent", "wine"};
constexpr std::array<std::string_view, kColors.size()> kColorsKo{
    "검정", "흰색", "회색",   "은색", "빨강",     "파랑", "남색", "초록",     "노랑", "주황", "분홍",
    "보라", "갈색", "베이지", "금색", "아이보리", "민트", "청록", "멀티컬러", "카키", "투명", "와인"};

struct Name {
    std::string_view name;
    std::string_view color;
};
constexpr std::array<Name, 118> kColorNames{{{"블랙", "black"},
                                             {"검정", "black"},
                                             {"검은", "black"},
                                             {"검정색", "black"},
                                             {"검은색", "black"},
                                             {"까만", "black"},
                                             {"까만색", "black"},
                                             {"흑색", "black"},
                                             {"화이트", "white"},
                                             {"흰", "white"},
                                             {"흰색", "white"},
                                             {"하얀", "white"},
                                             {"하얀색", "white"},
                                             {"하양", "white"},
                                             {"백색", "white"},
                                             {"그레이", "gray"},
                                             {"grey", "gray"},
                                             {"회색", "gray"},
                                             {"space gray", "gray"},
                                             {"space grey", "gray"},
                                             {"스페이스 그레이", "gray"},
                                             {"스페이스그레이", "gray"},
                                             {"차콜", "gray"},
                                             {"charcoal", "gray"},
                                             {"다크그레이", "gray"},
                                             {"라이트그레이", "gray"},
                                             {"graphite", "gray"},
                                             {"그라파이트", "gray"},
                                             {"실버", "silver"},
                                             {"은색", "silver"},
                                             {"레드", "red"},
                                             {"빨강", "red"},
                                             {"빨간", "red"},
                                             {"빨간색", "red"},
                                             {"빨강색", "red"},
                                             {"붉은", "red"},
                                             {"붉은색", "red"},
                                             {"적색", "red"},
                                             {"블루", "blue"},
                                             {"파랑", "blue"},
                                             {"파란", "blue"},
                                             {"파란색", "blue"},
                                             {"파랑색", "blue"},
                                             {"푸른", "blue"},
                                             {"푸른색", "blue"},
                                             {"하늘색", "blue"},
                                             {"스카이블루", "blue"},
                                             {"sky blue", "blue"},
                                             {"light blue", "blue"},
                                             {"청색", "blue"},
                                             {"네이비", "navy"},
                                             {"남색", "navy"},
                                             {"곤색", "navy"},
                                             {"그린", "green"},
                                             {"초록", "green"},
                                             {"초록색", "green"},
                                             {"녹색", "green"},
                                             {"연두", "green"},
                                             {"연두색", "green"},
                                             {"올리브", "khaki"},
                                             {"olive", "khaki"},
                                             {"옐로우", "yellow"},
                                             {"옐로", "yellow"},
                                             {"노랑", "yellow"},
                                             {"노란", "yellow"},
                                             {"노란색", "yellow"},
                                             {"노랑색", "yellow"},
                                             {"오렌지색", "orange"},
                                             {"오렌지", "orange"},
                                             {"주황", "orange"},
                                             {"주황색", "orange"},
                                             {"핑크", "pink"},
                                             {"분홍", "pink"},
                                             {"분홍색", "pink"},
                                             {"핑크색", "pink"},
                                             {"로즈골드", "pink"},
                                             {"로즈 골드", "pink"},
                                             {"rose gold", "pink"},
                                             {"magenta", "pink"},
                                             {"퍼플", "purple"},
                                             {"보라", "purple"},
                                             {"보라색", "purple"},
                                             {"라벤더", "purple"},
                                             {"lavender", "purple"},
                                             {"violet", "purple"},
                                             {"브라운", "brown"},
                                             {"갈색", "brown"},
                                             {"밤색", "brown"},
                                             {"고동색", "brown"},
                                             {"월넛", "brown"},
                                             {"walnut", "brown"},
                                             {"베이지", "beige"},
                                             {"베이지색", "beige"},
                                             {"샌드", "beige"},
                                             {"크림", "ivory"},
                                             {"크림색", "ivory"},
                                             {"cream", "ivory"},
                                             {"골드", "gold"},
                                             {"금색", "gold"},
                                             {"golden", "gold"},
                                             {"아이보리", "ivory"},
                                             {"아이보리색", "ivory"},
                                             {"off white", "ivory"},
                                             {"민트", "mint"},
                                             {"민트색", "mint"},
                                             {"청록", "turquoise"},
                                             {"청록색", "turquoise"},
                                             {"teal", "turquoise"},
                                             {"cyan", "turquoise"},
                                             {"카키", "khaki"},
                                             {"카키색", "khaki"},
                                             {"투명", "transparent"},
                                             {"투명색", "transparent"},
                                             {"clear", "transparent"},
                                             {"멀티컬러", "multicolor"},
                                             {"multicolour", "multicolor"},
                                             {"burgundy", "wine"},
                                             {"버건디", "wine"}}};

constexpr auto kStop = std::to_array<std::string_view>(
    {"돌려",   "돌려도",    "돌릴",     "되는걸로",   "되는거로", "그대로",   "알겠고", "두는",
     "놓는",   "놓을",      "세워두는", "올려두는",   "놔둘",     "ive",      "youve",  "weve",
     "hes",    "shes",      "바로",     "중",         "중에",     "중에서",   "집에",   "집에서",
     "u",      "ur",        "pls",      "plz",        "thx",      "gonna",    "wanna",  "lol",
     "hmm",    "a",         "an",       "the",        "thats",    "whats",    "dont",   "doesnt",
     "didnt",  "neednt",    "wasnt",    "hasnt",      "havent",   "cant",     "wont",   "theres",
     "is",     "of",        "for",      "to",         "and",      "or",       "with",   "in",
     "on",     "at",        "by",       "from",       "is",       "are",      "be",     "it",
     "its",    "i",         "im",       "me",         "my",       "we",       "us",     "our",
     "you",    "your",      "this",     "that",       "these",    "those",    "some",   "any",
     "which",  "what",      "who",      "how",        "there",    "here",     "can",    "could",
     "would",  "will",      "shall",    "do",         "does",     "did",      "have",   "has",
     "had",    "get",       "got",      "so",         "as",       "if",       "but",    "not",
     "no",     "than",      "then",     "just",       "also",     "too",      "very",   "one",
     "ones",   "s",         "ve",       "id",         "ill",      "hi",       "hello",  "hey",
     "thanks", "thank",     "ok",       "okay",       "let",      "lets",     "am",     "was",
     "were",   "been",      "about",    "into",       "up",       "out",      "w",      "yes",
     "um",     "좀",        "그",       "이",         "저",       "그거",     "이거",   "저거",
     "것",     "거",        "게",       "건",         "걸",       "걸로",     "거로",   "것으로",
     "거는",   "것은",      "거를",     "것을",       "수",       "등",       "및",     "또는",
     "그리고", "근데",      "그런데",   "혹시",       "제",       "제가",     "저는",   "나",
     "내",     "내가",      "저희",     "우리",       "뭐",       "뭔가",     "뭐가",   "어떤",
     "어느",   "무슨",      "더",       "덜",         "좀더",     "아니",     "네",     "예",
     "음",     "아",        "안녕",     "안녕하세요", "에서",     "으로",     "로",     "은",
     "는",     "을",        "를",       "가",         "의",       "에",       "도",     "만",
     "과",     "와",        "중에",     "중에서",     "중",       "같은",     "같은거", "이런",
     "그런",   "저런",      "이런거",   "그런거",     "거요",     "건요",     "요",     "여기",
     "거기",   "지금",      "너무",     "정말",       "진짜",     "아주",     "되게",   "엄청",
     "용",     "대로",      "싶은데",   "한",         "하는",     "하고",     "되는",   "된",
     "할",     "쓸",        "쓰는",     "쓰기",       "수있는",   "있는",     "있으면", "인",
     "이고",   "이면",      "면",       "때",         "위한",     "위해",     "사용할", "개",
     "대",     "하나",      "할수",     "인데",       "정도",     "이나",     "거나",   "랑",
     "이랑",   "as",        "다른",     "다른거",     "또",       "추가로",   "말고",   "other",
     "others", "another",   "else",     "일까요",     "인가요",   "건가요",   "ish",    "bit",
     "hes",    "shes",      "theyre",   "youre",      "were",     "he",       "she",    "they",
     "them",   "his",       "her",      "him",        "their",    "mine",     "when",   "where",
     "why",    "while",     "because",  "since",      "last",     "already",  "still",  "now",
     "again",  "even",      "only",     "really",     "both",     "each",     "more",   "most",
     "around", "roughly",   "lot",      "guess",      "think",    "thinking", "know",   "bear",
     "care",   "afternoon", "tomorrow", "yesterday",  "today",    "btw",      "haha",   "instead",
     "using",  "use",       "보고",     "보는데",     "보는",     "있는데",   "있어서", "있는거",
     "쓸거",   "쓸거라",    "쓸건데",   "쓸거임",     "쓰려고",   "쓰려는데", "쓰게",   "거라",
     "건데",   "거임",      "거예요",   "처음",       "한번",     "같이",     "둘",     "둘다",
     "둘이",   "오",        "오오",     "와우",       "아하",     "그럼",     "그러면", "그래서",
     "아참",   "일단",      "약간",     "조금",       "초반",     "중반",     "후반",   "색",
     "색깔",   "딴",        "딴거",     "두분",       "두분다",   "셋다",     "아까",   "요즘",
     "원래",   "그냥",      "살짝",     "하려고",     "하려는데", "볼건데",   "볼까요", "살라고",
     "할거",   "이요",      "이고요",   "정도요",     "정도로",   "이에요",   "예요",   "인데요",
     "꺼",     "꺼요",      "쯤",       "쯤요",       "가량",     "할거라",   "할건데", "go",
     "goes",   "going",     "come",     "comes",      "late",     "years",    "year",   "old",
     "sure",   "well",      "oh",       "said",       "say",      "saying",   "mean",   "meant",
     "asked",  "asking",    "ask",      "hmm",        "흠",       "음음",     "저기",   "뭐냐",
     "하는데", "제일",      "가장",     "젤",         "좀더요",   "되는거",   "되는걸", "되는게",
     "must",   "should",    "separate", "separately", "nothing",  "fancy",    "maybe",  "perhaps",
     "spend",  "whatever",  "dude",     "bro",        "guys",     "mate",     "decent", "proper",
     "basic"});

constexpr auto kAskingEn = std::to_array<std::string_view>({"find",
                                                            "show",
                                                            "looking",
                                                            "look",
                                                            "search",
                                                            "searching",
                                                            "recommend",
                                                            "recommendation",
                                                            "recommendations",
                                                            "suggest",
                                                            "suggestion",
                                                            "suggestions",
                                                            "want",
                                                            "need",
                                                            "buy",
                                                            "buying",
                                                            "purchase",
                                                            "sell",
                                                            "selling",
                                                            "carry",
                                                            "like",
                                                            "please",
                                                            "pls",
                                                            "help",
                                                            "give",
                                                            "tell",
                                                            "list",
                                                            "see",
                                                            "browse",
                                                            "product",
                                                            "products",
                                                            "item",
                                                            "items",
                                                            "something",
                                                            "anything",
                                                            "stuff",
                                                            "available",
                                                            "options",
                                                            "option",
                                                            "kind",
                                                            "kinds",
                                                            "type",
                                                            "types",
                                                            "shop",
                                                            "shopping",
                                                            "good",
                                                            "nice",
                                                            "great",
                                                            "price",
                                                            "prices",
                                                            "priced",
                                                            "cost",
                                                            "costs",
                                                            "costing",
                                                            "shipped",
                                                            "looks",
                                                            "searched",
                                                            "wanted",
                                                            "wants",
                                                            "needs",
                                                            "prefer",
                                                            "compare",
                                                            "much",
                                                            "many",
                                                            "often",
                                                            "fine",
                                                            "actually",
                                                            "preferably",
                                                            "maybe",
                                                            "cool",
                                                            "decent",
                                                            "interested",
                                                            "after",
                                                            "wondering",
                                                            "hoping",
                                                            "trying",
                                                            "choose",
                                                            "pick",
                                                            "sold",
                                                            "offer",
                                                            "model",
                                                            "models"});

// Korean askers are verbs: the stem decides, whatever ending follows.
constexpr auto kAskingKo = std::to_array<std::string_view>(
    {"가능", "어떻게", "되나",   "돼요", "되요",   "될까",   "되는지", "찾아", "찾고", "찾는",   "찾습",
     "찾을", "찾을게", "찾아보", "추천", "보여",   "보고싶", "알려",   "골라", "구해", "구하고", "구합",
     "구입", "구매",   "사고",   "살만", "살게",   "살려",   "사려",   "살까", "사야", "필요",   "원해",
     "원하", "주세",   "줘",     "주실", "줄래",   "주라",   "있나",   "있어", "있을", "있습",   "있는지",
     "있냐", "있니",   "있음",   "없나", "없어",   "없을",   "파나",   "파는", "팔아", "파시",   "팔고",
     "판매", "싶어",   "싶습",   "싶은", "싶네",   "부탁",   "궁금",   "제품", "상품", "물건",   "모델",
     "종류", "괜찮은", "좋은",   "좋을", "좋아",   "괜찮",   "쓸만",   "뭐가", "뭐있", "어때",   "어떨",
     "검색", "가격",   "가격대", "얼마", "원하는", "무난",   "적당",   "주시", "볼게", "볼까",   "볼수",
     "보려", "해줘",   "해주",   "할게", "할만한", "만한",   "고르",   "고민", "비교", "뭘",     "대신"});

constexpr auto kServiceEn = std::to_array<std::string_view>(
    {"delivery",     "deliver",   "delivered",  "shipping",    "ship",           "shipment", "refund",
     "refunds",      "return",    "returns",    "returned",    "exchange",       "order",    "orders",
     "ordered",      "payment",   "pay",        "paid",        "invoice",        "receipt",  "coupon",
     "coupons",      "points",    "membership", "account",     "login",          "password", "cancel",
     "cancellation", "complaint", "warranty",   "repair",      "hours",          "opening",  "store",
     "stores",       "agent",     "person",     "human",       "representative", "tracking", "track",
     "package",      "courier",   "discount",   "installment", "installments",   "address",  "phone number",
     "contact",      "email",     "policy",     "broken",      "damaged",        "arrive",   "arrived",
     "arrives",      "open",      "close",      "newsletter",  "sign",           "signup",   "staff",
     "wrap",         "wrapped",   "cart",       "checkout"});
constexpr auto kServiceKo = std::to_array<std::string_view>(
    {"당일도착",   "배송",     "환불",       "반품",   "교환",     "주문",       "결제",     "영수증",
     "쿠폰",       "포인트",   "적립",       "회원",   "가입",     "로그인",     "비밀번호", "취소",
     "택배",       "송장",     "상담",       "문의",   "직원",     "매장",       "영업",     "운영시간",
     "지점",       "보증",     "수리",       "고장",   "파손",     "불량",       "할부",     "무이자",
     "세금계산서", "계산서",   "현금영수증", "주소",   "연락처",   "전화",       "탈퇴",     "도착",
     "언제",       "출고",     "발송",       "수령",   "픽업",     "설치비",     "카드로",   "카드결제",
     "계좌",       "입금",     "개인정보",   "이벤트", "선물포장", "서비스센터", "에이에스", "상담원",
     "오늘도착",   "사람이랑", "연결",       "신고",   "불만",     "화나",       "왔어",     "안와",
     "와요",       "오나요",   "걸려",       "걸리",   "장바구니", "담아"});

// The lists above are written to be read and searched sorted: every word of every message is looked up in
// them.
template <std::size_t N>
constexpr std::array<std::string_view, N> sorted(std::array<std::string_view, N> words) {
    std::sort(words.begin(), words.end());
    return words;
}
constexpr auto kStopSorted = sorted(kStop);
constexpr auto kAskingEnSorted = sorted(kAskingEn);
constexpr auto kAskingKoSorted = sorted(kAskingKo);
constexpr auto kServiceEnSorted = sorted(kServiceEn);
constexpr auto kServiceKoSorted = sorted(kServiceKo);
constexpr auto kColorNamesSorted = [] {
    auto names = kColorNames;
    std::sort(names.begin(), names.end(), [](const Name& a, const Name& b) { return a.name < b.name; });
    return names;
}();

template <std::size_t N>
bool contains(const std::array<std::string_view, N>& words, std::string_view word) {
    return std::binary_search(words.begin(), words.end(), word);
}
// Does the word begin with one of the stems, all of them Hangul?
template <std::size_t N>
bool begins(const std::array<std::string_view, N>& stems, std::string_view word) {
    constexpr std::size_t syllable = 3;  // bytes in UTF-8
    constexpr std::size_t longest = 6 * syllable;
    for (auto size = syllable; size <= std::min(word.size(), longest); size += syllable)
        if (contains(stems, word.substr(0, size))) return true;
    return false;
}
bool is_ascii(std::string_view word) noexcept {
    return !word.empty() && static_cast<unsigned char>(word.front()) < 0x80;
}

}  // namespace

std::span<const std::string_view> color_names() noexcept {
    return kColors;
}

std::optional<unsigned> color_index(std::string_view canonical) noexcept {
    const auto at = std::find(kColors.begin(), kColors.end(), canonical);
    if (at == kColors.end()) return std::nullopt;
    return static_cast<unsigned>(at - kColors.begin());
}

std::optional<unsigned> color_of(std::string_view word) noexcept {
    if (const auto index = color_index(word)) return index;
    const auto at =
        std::lower_bound(kColorNamesSorted.begin(), kColorNamesSorted.end(), word,
                         [](const Name& one, std::string_view value) { return one.name < value; });
    if (at == kColorNamesSorted.end() || at->name != word) return std::nullopt;
    return color_index(at->color);
}

std::string_view color_label(unsigned color, std::string_view locale) noexcept {
    if (color >= kColors.size()) return {};
    return locale == "ko" ? kColorsKo[color] : kColors[color];
}

bool is_stop_word(std::string_view word) noexcept {
    return contains(kStopSorted, word);
}

bool is_chatter(std::string_view jamo) noexcept {
    constexpr std::size_t letter = 3;  // bytes in UTF-8
    constexpr auto slang =
        std::to_array<std::string_view>({"ㄱㅅ", "ㄱㅊ", "ㄹㅇ", "ㅂㅂ", "ㅅㄱ", "ㅇㅈ", "ㅇㅋ", "ㅈㅅ",
                                         "ㅊㅋ", "ㅎㅇ", "ㅠㅜ", "ㅜㅠ", "ㅇㄷ", "ㅁㄹ"});
    bool same = true;
    for (std::size_t i = letter; i + letter <= jamo.size(); i += letter)
        same = same && jamo.substr(i, letter) == jamo.substr(0, letter);
    return same || std::find(slang.begin(), slang.end(), jamo) != slang.end();
}

bool is_no_color(std::string_view before, std::string_view color, std::string_view after) noexcept {
    constexpr auto things =
        std::to_array<std::string_view>({"noise", "friday", "monday", "tea", "rice", "coffee", "wine"});
    return (before == "flat" && color == "white") ||
           std::find(things.begin(), things.end(), after) != things.end();
}

bool is_asking_word(std::string_view word) noexcept {
    return is_ascii(word) ? contains(kAskingEnSorted, word) : begins(kAskingKoSorted, word);
}

bool is_service_word(std::string_view word) noexcept {
    return is_ascii(word) ? contains(kServiceEnSorted, word) : begins(kServiceKoSorted, word);
}

bool ends_like_a_verb(std::string_view word) noexcept {
    constexpr auto endings = std::to_array<std::string_view>(
        {"니다",   "니까", "까요",   "나요",   "어요",   "아요", "해요", "세요", "여요", "워요",
         "려요",   "져요", "네요",   "군요",   "데요",   "래요", "는데", "은데", "려고", "면서",
         "었어",   "았어", "했어",   "지만",   "거든",   "잖아", "을까", "할까", "는지", "해서",
         "어서",   "아서", "하면",   "으면",   "되면",   "세용", "구요", "고요", "지요", "죠",
         "거임",   "는거", "없음",   "있음",   "됨",     "줘",   "쓸수", "할수", "가요", "냐",
         "이에요", "예요", "거에요", "거예요", "건가요", "을수", "볼수"});
    return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) {
        return word.size() > ending.size() && word.ends_with(ending);
    });
}

}  // namespace maru::catalog
