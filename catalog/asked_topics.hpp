// What people ask of goods by other words than data sheets write. A constant table, included by
// answers.cpp and question.cpp.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace maru::catalog {

struct AskedTopic {
    enum class How : std::uint8_t {
        plain,
        told,     // what the description tells of it says more than a figure does
        decides,  // where the data has nothing of it, no other word of the question may answer "yes"
        alone,    // told, where nothing else is asked: "건전지 들어가나요?" asks for no size
    };
    std::array<std::string_view, 14> asked;    // beginnings of words
    std::array<std::string_view, 14> written;  // parts of attribute names, the best first
    How how = How::plain;
};

// The first row that a word of the question begins with counts.
inline constexpr std::array<AskedTopic, 42> kAskedTopics{{
    {{"충전재", "속재료", "속통", "속이", "속은", "속에", "솜이", "filling", "filled", "stuffing", "stuffed",
      "filler"},
     {"충전재", "filling", "소재", "재질", "material"}},
    {{"세로로", "돌릴", "돌리", "돌려", "회전", "피벗", "pivot", "rotat"},
     {"화면 회전", "회전", "rotation", "pivot"}},
    {{"마이크", "microphone", "mic"}, {"마이크", "microphone"}},
    {{"각인", "자판", "한글", "hangul", "layout", "legend", "label"},
     {"각인", "자판", "key label", "layout", "legend"}},
    {{"empty", "empties", "emptied", "emptying", "비워", "비우", "비움"},
     {"self-empt", "자동 비움", "emptying", "비움", "dust bin", "dust cup", "먼지통"}},
    {{"축이", "축은", "축종", "무슨축", "switches"}, {"스위치", "switches"}},
    {{"겨울", "여름", "계절", "사계절", "winter", "summer", "season"}, {"계절", "season"}},
    {{"단단", "푹신", "firm", "soft"}, {"단단함", "firmness"}},
    {{"맥북", "맥에서", "맥이랑", "아이맥", "맥용", "macbook", "imac"},
     {"호환 기기", "호환", "연결", "compat", "works with", "connection"}},
    {{"평수", "면적", "몇평", "coverage", "covers"}, {"사용 면적", "면적", "coverage", "room"}},
    {{"high", "thick", "thickness", "두께", "두꺼"},
     {"두께", "높이", "thickness", "height", "크기", "size", "dimension"}},
    {{"흡입", "빨아들", "suction"}, {"흡입", "suction"}},
    {{"끓", "boil"}, {"끓", "boil"}},
    {{"aux", "turntable", "record", "턴테이블", "외부입력"},
     {"연결", "단자", "입력", "connect", "ports", "input"}},
    {{"전구", "bulb"}, {"소켓", "socket", "전구", "bulb"}},
    {{"numpad", "keypad", "숫자키", "숫자패드", "텐키", "넘패드"}, {"number pad", "숫자 키패드", "keypad"}},
    {{"높이조절", "높낮이", "각도", "조절", "조정", "adjust", "dimm", "dim", "tilt", "swivel", "brighter",
      "단계", "steps", "줄일"},
     {"높낮이", "조절", "단계", "adjust", "dimm", "steps", "level"},
     AskedTopic::How::told},
    {{"색온도", "전구색", "주광색", "temp", "kelvin", "켈빈"},
     {"색온도", "colour temperature", "color temperature", "온도 조절", "temperature", "온도"}},
    {{"꺼지", "꺼짐", "꺼져", "shutoff"}, {"자동 꺼짐", "꺼짐", "auto off", "안전", "safety"}},
    {{"under", "beneath", "밑에", "밑으로", "clearance"}, {"height", "높이", "두께"}, AskedTopic::How::alone},
    {{"주사율", "헤르츠", "hz", "refresh"}, {"주사율", "refresh"}},
    {{"들어가", "들어갈", "올라가", "올려", "fit", "fits"},
     {"호환 화면", "호환", "높이", "두께", "compatible", "height", "thickness", "크기", "size", "dimension"},
     AskedTopic::How::alone},
    {{"구성품", "포함", "들어있", "included", "include", "includes", "box", "comes"},
     {"구성", "included", "in the box", "포함"},
     AskedTopic::How::decides},
    {{"호환", "지원", "compatible", "compatibility", "work", "works", "support", "supports"},
     {"호환", "지원", "compat", "support"}},
    {{"하중", "버티", "버텨", "견디", "견뎌", "hold", "holds", "load", "carry", "carries"},
     {"최대 하중", "하중", "max load", "maximum load", "load", "capacity", "용량"}},
    {{"무게", "무거", "가벼", "몇그램", "몇키로", "몇킬로", "weigh", "heavy", "light"},
     {"weight", "무게", "중량"}},
    {{"크기", "사이즈", "치수", "가로", "세로", "높이", "size", "dimension", "big", "tall", "wide", "height"},
     {"크기", "size", "dimension", "치수", "사이즈", "높이", "너비", "height", "width", "display"}},
    {{"길이", "length", "몇미터", "몇센치", "long"}, {"length", "길이"}},
    {{"배터리", "사용시간", "몇시간", "battery", "hours", "last", "오래", "밧데리", "건전지", "밤새",
      "overnight"},
     {"battery", "배터리", "사용 시간", "사용시간", "playtime", "run time", "재생 시간", "연속", "연소 시간",
      "burn", "runs for", "talk time", "통화 시간"}},
    {{"방수", "waterproof", "water", "ipx", "생활방수", "물에", "rain", "damp", "splash", "습기", "물기",
      "puddle", "wet"},
     {"water", "방수", "ip rating", "ip 등급", "ip등급"}},
    {{"소재", "재질", "재료", "뭘로", "material", "made", "fabric"}, {"material", "소재", "재질"}},
    {{"용량", "몇리터", "몇기가", "capacity", "volume", "storage", "liters", "litres", "tank", "물통"},
     {"물통 용량", "tank", "용량", "capacity", "통 용량", "저장", "storage", "volume", "memory"}},
    {{"보증", "as", "a/s", "무상", "warranty", "guarantee", "에이에스"},
     {"warranty", "보증", "a/s", "as기간", "as 기간"}},
    {{"소음", "시끄", "조용", "데시벨", "noise", "noisy", "loud", "quiet", "silent"},
     {"noise", "소음", "silent", "저소음"}},
    {{"전력", "소비전력", "전기", "와트", "watt", "power", "electricity"},
     {"소비전력", "power", "전력", "wattage", "출력"}},
    {{"블루투스", "bluetooth"}, {"bluetooth", "블루투스", "connect", "연결", "wireless"}},
    {{"연결", "connect"}, {"connect", "연결", "단자", "ports"}},
    {{"원산지", "어디서", "제조국", "origin", "국산"}, {"origin", "원산지", "제조국"}},
    {{"충전", "charge", "charging", "recharge"}, {"charg", "충전"}},
    {{"세척", "세탁", "식기세척기", "씻", "빨아", "빨래", "빨면", "닦", "wash", "dishwasher", "clean"},
     {"wash", "세척", "세탁", "dishwasher", "care", "관리"},
     AskedTopic::How::told},
    {{"해상도", "화질", "resolution"}, {"해상도", "resolution"}},
    {{"밝기", "밝은", "밝아", "bright"}, {"밝기", "bright", "루멘", "lumen"}},
}};

// Parts of goods and what is spent on them afterwards: their price is not the product's.
inline constexpr auto kParts = std::to_array<std::string_view>(
    {"필터",   "먼지봉투", "배터리",      "건전지",  "케이블",    "이어팁", "커버",    "리모컨",
     "충전기", "어댑터",   "내솥",        "바스켓",  "헤드",      "브러시", "부품",    "소모품",
     "교체",   "수리",     "여분",        "리필",    "전구",      "설치",   "filter",  "filters",
     "bag",    "bags",     "battery",     "cable",   "tips",      "cover",  "remote",  "charger",
     "part",   "parts",    "replacement", "repair",  "spare",     "refill", "refills", "install",
     "bulb",   "adapter",  "lid",         "brushes", "installing"});

}  // namespace maru::catalog
