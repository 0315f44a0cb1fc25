// Other names of common goods and makers. A row is a group; a product that has one of its names is found by
// the others. Loan words are listed with the spellings people use, not only with the dictionary's.
#include <algorithm>
#include <array>
#include <functional>
#include <utility>

#include "catalog/lexicon.hpp"

namespace maru::catalog {

namespace {

using Words = std::vector<std::vector<std::string>>;

Words goods() {
    return {
        // Computers and what goes with them
        {"laptop", "notebook", "notebook computer", "노트북", "놋북", "노트북컴퓨터", "랩탑", "랩톱"},
        {"desktop", "desktop computer", "desktop pc", "데스크탑", "데스크톱"},
        {"mouse", "mice", "마우스", "마우쓰"},
        {"keyboard", "키보드", "키보트", "자판"},
        {"monitor", "모니터", "모니타"},
        {"tablet", "tablet pc", "태블릿", "테블릿", "타블렛", "태블릿 pc"},
        {"chromebook", "크롬북"},
        {"mouse pad", "mousepad", "mouse mat", "마우스 패드", "마우스패드", "장패드"},
        {"usb hub", "usb 허브", "멀티포트 허브", "유에스비 허브"},
        {"usb stick", "usb flash drive", "flash drive", "thumb drive", "pen drive", "memory stick",
         "usb 메모리", "유에스비"},
        {"external hard drive", "external hdd", "portable hard drive", "외장하드", "외장 하드", "외장 hdd"},
        {"external ssd", "portable ssd", "외장 ssd", "외장ssd"},
        {"memory card", "메모리 카드", "메모리카드"},
        {"sd card", "sd카드", "sd 카드", "에스디카드"},
        {"webcam", "web camera", "웹캠", "화상 카메라"},
        {"printer", "프린터", "프린터기"},
        {"scanner", "스캐너"},
        {"router", "wireless router", "공유기", "와이파이 공유기", "라우터"},
        {"projector", "프로젝터", "빔프로젝터", "빔 프로젝터", "빔"},
        {"stylus", "stylus pen", "touch pen", "스타일러스", "터치펜", "스타일러스 펜"},
        {"laptop stand", "notebook stand", "노트북 거치대", "노트북 스탠드", "노트북 받침대"},
        // Phones, sound, picture
        {"smartphone", "smart phone", "cell phone", "mobile phone", "cellphone", "스마트폰", "휴대폰",
         "핸드폰"},
        {"charger", "충전기", "차저"},
        {"power bank", "powerbank", "portable charger", "battery pack", "보조배터리", "보조 배터리",
         "파워뱅크"},
        {"cable", "cord", "케이블", "캐이블", "선"},
        {"earphones", "earphone", "earbuds", "in ear headphones", "이어폰", "이여폰", "이어버드", "인이어"},
        {"headphones", "headphone", "head phones", "헤드폰", "해드폰", "헤드셋", "해드셋", "헤드 셋"},
        {"headset", "head set", "헤드셋"},
        {"speaker", "speakers", "스피커", "스피카"},
        {"soundbar", "sound bar", "사운드바", "사운드 바"},
        {"smartwatch", "smart watch", "스마트워치", "스마트 워치"},
        {"tv", "television", "티비", "텔레비전", "테레비", "티브이"},
        {"camera", "카메라"},
        {"phone case", "폰케이스", "휴대폰 케이스", "핸드폰 케이스"},
        {"tripod", "삼각대", "트라이포드"},
        {"microphone", "mic", "마이크"},
        // The home
        {"air fryer", "airfryer", "에어프라이어", "에어 프라이어", "에어후라이어", "에어프라이기",
         "에어후라이기"},
        {"kettle", "electric kettle", "전기포트", "전기 포트", "전기 주전자", "전기주전자", "커피포트"},
        {"coffee machine", "coffee maker", "커피머신", "커피 머신", "커피메이커", "커피 메이커"},
        {"blender", "mixer", "믹서기", "블렌더", "블랜더", "믹서", "믹써기"},
        {"juicer", "주서", "쥬서", "주서기", "쥬서기", "착즙기", "녹즙기"},
        {"toaster", "토스터", "토스터기", "토스트기"},
        {"rice cooker", "밥솥", "전기밥솥", "전기 밥솥", "압력밥솥"},
        {"microwave", "microwave oven", "전자레인지", "전자렌지"},
        {"frying pan", "fry pan", "프라이팬", "후라이팬", "후라이펜", "프라이펜", "후라이 팬", "후라이판",
         "팬"},
        {"pot", "냄비", "남비"},
        {"knife", "칼", "식칼", "나이프"},
        {"cup", "mug", "컵", "콥", "머그", "머그컵", "머그잔"},
        {"tumbler", "텀블러", "텀블라", "보온병"},
        {"vacuum", "vacuum cleaner", "청소기", "진공청소기", "진공 청소기"},
        {"robot vacuum", "robot cleaner", "로봇청소기", "로봇 청소기", "로보트 청소기", "로보트청소기",
         "로청"},
        {"washing machine", "washer", "세탁기"},
        {"dryer", "건조기"},
        {"hair dryer", "hairdryer", "blow dryer", "드라이기", "헤어드라이어", "헤어 드라이어", "드라이어",
         "헤어드라이기"},
        {"humidifier", "가습기"},
        {"dehumidifier", "제습기"},
        {"air purifier", "air cleaner", "공기청정기", "공기 청정기", "공청기"},
        {"fan", "선풍기"},
        {"circulator", "air circulator", "서큘레이터", "써큘레이터"},
        {"air conditioner", "aircon", "에어컨"},
        {"heater", "히터", "난로", "온풍기"},
        {"electric blanket", "heated blanket", "전기장판", "전기 장판", "전기요", "전기매트", "온열매트"},
        {"lamp", "램프", "람프", "조명", "스탠드 조명", "전등", "등"},
        {"desk lamp", "table lamp", "책상 스탠드", "데스크 램프", "탁상 스탠드", "책상 조명"},
        {"mood light", "night light", "무드등", "수면등", "취침등"},
        {"led", "엘이디"},
        {"chair", "의자", "체어"},
        {"desk", "책상", "데스크"},
        {"table", "테이블", "탁자", "식탁"},
        {"sofa", "couch", "소파", "쇼파"},
        {"bed", "침대"},
        {"mattress", "매트리스", "메트리스", "매트래스", "메트래스"},
        {"pillow", "베개", "배게", "베게"},
        {"blanket", "담요", "블랭킷"},
        {"duvet", "comforter", "quilt", "이불"},
        {"curtain", "curtains", "커튼", "커텐"},
        {"rug", "carpet", "러그", "카펫", "카페트"},
        {"towel", "타월", "수건", "타올", "타올수건"},
        {"shelf", "bookshelf", "선반", "책장"},
        {"storage box", "수납함", "수납박스", "수납 박스", "정리함", "리빙박스"},
        {"hanger", "옷걸이", "행거", "헹거"},
        {"clock", "시계"},
        {"diffuser", "디퓨저", "디퓨져"},
        {"candle", "캔들", "켄들", "양초"},
        {"power strip", "multi tap", "extension cord", "extension lead", "멀티탭", "멀티 탭", "연장선"},
        {"battery", "batteries", "배터리", "건전지", "밧데리", "빳데리", "바테리"},
        {"scale", "체중계", "저울"},
        {"trash can", "garbage can", "bin", "휴지통", "쓰레기통"},
        {"steamer", "garment steamer", "스팀다리미", "스팀 다리미", "스티머"},
        {"iron", "다리미"},
        {"toothbrush", "칫솔"},
        {"electric toothbrush", "전동칫솔", "전동 칫솔"},
        {"shaver", "electric shaver", "razor", "면도기", "전기면도기"},
        {"accessory", "accessories", "액세서리", "악세사리", "악세서리", "엑세서리"},
        {"remote control", "리모컨", "리모콘"},
        {"slippers", "슬리퍼", "쓰레빠"},
        {"backpack", "rucksack", "백팩", "배낭", "책가방"},
        {"bag", "가방"},
        {"iphone", "아이폰"},
        {"ipad", "아이패드"},
        {"galaxy", "갤럭시"},
        {"airpods", "에어팟"},
        {"macbook", "맥북"},
    };
}

Words qualities() {
    return {
        {"wireless", "cordless", "무선"},
        {"wired", "유선"},
        {"bluetooth", "블루투스", "블루투쓰"},
        {"wifi", "wi fi", "와이파이", "무선랜"},
        {"rechargeable", "충전식", "충전형"},
        {"waterproof", "water resistant", "방수"},
        {"noise cancelling", "noise canceling", "anc", "노이즈캔슬링", "노이즈 캔슬링", "노캔"},
        {"portable", "휴대용", "포터블"},
        {"pet", "pets", "cat", "cats", "dog", "dogs", "반려동물", "애완동물", "고양이", "강아지", "반려견",
         "반려묘", "펫"},
        {"sport", "sports", "running", "jogging", "workout", "운동", "운동용", "스포츠", "러닝", "조깅"},
        {"gaming", "게이밍", "게임용", "겜용", "겜"},
        {"mini", "미니"},
        {"silent", "quiet", "저소음", "무소음", "조용한"},
        {"mechanical", "기계식"},
        {"fast charging", "quick charge", "고속충전", "고속 충전", "급속충전", "급속 충전"},
        {"touchscreen", "touch screen", "터치스크린", "터치 스크린"},
        {"external", "외장", "외장형"},
        {"magnetic", "magsafe", "마그네틱", "맥세이프"},
        {"ergonomic", "인체공학", "인체공학적"},
        {"stainless", "stainless steel", "스테인리스", "스텐", "스테인레스"},
        {"set", "세트", "셋트", "쎗트"},
        {"카페", "까페"},
        {"4k", "uhd", "ultra hd"},
        {"type c", "usb c", "usb type c", "c타입", "씨타입", "타입c", "usb c타입"},
        {"kids", "children", "child", "어린이", "유아용", "아이용", "키즈", "아동용"},
    };
}

Words makers() {
    return {
        {"samsung", "samsung electronics", "삼성", "삼성전자"},
        {"lg", "lg electronics", "lg전자", "엘지", "엘지전자"},
        {"logitech", "로지텍"},
        {"apple", "애플"},
        {"sony", "소니"},
        {"philips", "필립스"},
        {"dyson", "다이슨"},
        {"xiaomi", "샤오미"},
        {"bose", "보스"},
        {"jbl", "제이비엘"},
        {"anker", "앤커"},
        {"asus", "아수스", "에이수스"},
        {"lenovo", "레노버", "레노보"},
        {"hp", "hewlett packard", "에이치피", "휴렛팩커드"},
        {"dell", "델"},
        {"acer", "에이서"},
        {"microsoft", "ms", "마이크로소프트"},
        {"canon", "캐논"},
        {"nikon", "니콘"},
        {"epson", "엡손"},
        {"brother", "브라더"},
        {"razer", "레이저"},
        {"corsair", "커세어"},
        {"sandisk", "샌디스크"},
        {"seagate", "씨게이트", "시게이트"},
        {"western digital", "wd", "웨스턴디지털"},
        {"panasonic", "파나소닉"},
        {"tefal", "테팔"},
        {"cuckoo", "쿠쿠"},
        {"coway", "코웨이"},
        {"ikea", "이케아"},
        {"braun", "브라운"},
        {"nintendo", "닌텐도"},
        {"playstation", "ps", "플레이스테이션", "플스"},
        {"bosch", "보쉬"},
        {"delonghi", "드롱기"},
        {"nespresso", "네스프레소"},
        {"breville", "브레빌"},
        {"balmuda", "발뮤다"},
        {"winix", "위닉스"},
        {"cuchen", "쿠첸"},
        {"roborock", "로보락"},
        {"ecovacs", "에코백스"},
        {"sennheiser", "젠하이저"},
        {"keychron", "키크론"},
        {"benq", "벤큐"},
        {"viewsonic", "뷰소닉"},
        {"fissler", "휘슬러"},
        {"kitchenaid", "키친에이드"},
        {"locknlock", "락앤락"},
        {"huawei", "화웨이"},
        {"toshiba", "도시바"},
        {"hitachi", "히타치"},
        {"msi"},
    };
}

// Names of makers that are words of their own: a colour, a beam of light, a relative.
constexpr auto kOtherwiseMeant =
    std::to_array<std::string_view>({"brother", "브라운", "레이저", "델", "보스", "ps", "ms", "wd"});

std::vector<std::string> known_makers() {
    std::vector<std::string> names;
    for (const auto& row : makers())
        for (const auto& name : row)
            if (std::find(kOtherwiseMeant.begin(), kOtherwiseMeant.end(), name) == kOtherwiseMeant.end())
                names.push_back(name);
    std::sort(names.begin(), names.end());
    return names;
}

}  // namespace

bool is_maker(std::string_view word) {
    static const auto names = known_makers();
    return std::binary_search(names.begin(), names.end(), word, std::less<>());
}

std::vector<WordGroup> builtin_synonyms() {
    std::vector<WordGroup> groups;
    const auto add = [&](WordGroup::Of of, Words&& rows) {
        for (auto& row : rows) groups.push_back({of, std::move(row)});
    };
    add(WordGroup::Of::goods, goods());
    add(WordGroup::Of::qualities, qualities());
    add(WordGroup::Of::makers, makers());
    return groups;
}

}  // namespace maru::catalog
