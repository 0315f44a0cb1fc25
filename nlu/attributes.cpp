// What a thing should be like: colours, sizes, and comparatives ("더 싼", "cheaper", "제일 가벼운").
#include <array>

#include "nlu/entities.hpp"

namespace maru::nlu {
namespace {

struct Named {
    std::u32string_view word;
    std::string_view value;
};

constexpr auto colors = phrases<Named>(
    {{U"흰색", "white"},    {U"하얀색", "white"},    {U"하얀", "white"},    {U"하양", "white"},
     {U"화이트", "white"},  {U"흰", "white"},        {U"백색", "white"},    {U"white", "white"},
     {U"검은색", "black"},  {U"검정색", "black"},    {U"검정", "black"},    {U"검은", "black"},
     {U"까만", "black"},    {U"까만색", "black"},    {U"블랙", "black"},    {U"black", "black"},
     {U"빨간색", "red"},    {U"빨간", "red"},        {U"빨강", "red"},      {U"레드", "red"},
     {U"red", "red"},       {U"파란색", "blue"},     {U"파란", "blue"},     {U"파랑", "blue"},
     {U"블루", "blue"},     {U"blue", "blue"},       {U"남색", "navy"},     {U"네이비", "navy"},
     {U"navy", "navy"},     {U"하늘색", "sky blue"}, {U"초록색", "green"},  {U"초록", "green"},
     {U"녹색", "green"},    {U"그린", "green"},      {U"green", "green"},   {U"노란색", "yellow"},
     {U"노란", "yellow"},   {U"노랑", "yellow"},     {U"옐로우", "yellow"}, {U"yellow", "yellow"},
     {U"분홍색", "pink"},   {U"분홍", "pink"},       {U"핑크", "pink"},     {U"핑크색", "pink"},
     {U"pink", "pink"},     {U"보라색", "purple"},   {U"보라", "purple"},   {U"퍼플", "purple"},
     {U"purple", "purple"}, {U"violet", "purple"},   {U"회색", "gray"},     {U"그레이", "gray"},
     {U"쥐색", "gray"},     {U"gray", "gray"},       {U"grey", "gray"},     {U"은색", "silver"},
     {U"실버", "silver"},   {U"silver", "silver"},   {U"금색", "gold"},     {U"골드", "gold"},
     {U"gold", "gold"},     {U"주황색", "orange"},   {U"주황", "orange"},   {U"오렌지색", "orange"},
     {U"orange", "orange"}, {U"갈색", "brown"},      {U"브라운", "brown"},  {U"brown", "brown"},
     {U"베이지", "beige"},  {U"beige", "beige"},     {U"민트", "mint"}});

constexpr auto sizes = phrases<Named>({{U"x-large", "xl"},     {U"extra large", "xl"}, {U"extra-large", "xl"},
                                       {U"xxxl", "xxxl"},      {U"xxl", "xxl"},        {U"2xl", "xxl"},
                                       {U"3xl", "xxxl"},       {U"xl", "xl"},          {U"xs", "xs"},
                                       {U"extra small", "xs"}, {U"엑스라지", "xl"},    {U"라지", "l"},
                                       {U"미디움", "m"},       {U"미디엄", "m"},       {U"스몰", "s"},
                                       {U"대형", "large"},     {U"중형", "medium"},    {U"소형", "small"},
                                       {U"large size", "l"},   {U"medium size", "m"},  {U"small size", "s"}});

// Adjectives by their stems; in Korean they compare behind 더/좀 더/보다 or 제일/가장.
struct Adjective {
    std::u32string_view word;
    std::string_view more, most;
};
constexpr auto korean = phrases<Adjective>({{U"싼", "cheaper", "cheapest"},
                                            {U"싸", "cheaper", "cheapest"},
                                            {U"저렴", "cheaper", "cheapest"},
                                            {U"착한 가격", "cheaper", "cheapest"},
                                            {U"비싼", "pricier", "priciest"},
                                            {U"비싸", "pricier", "priciest"},
                                            {U"고급", "pricier", "priciest"},
                                            {U"큰", "bigger", "biggest"},
                                            {U"커", "bigger", "biggest"},
                                            {U"크", "bigger", "biggest"},
                                            {U"작은", "smaller", "smallest"},
                                            {U"작", "smaller", "smallest"},
                                            {U"가벼", "lighter", "lightest"},
                                            {U"가볍", "lighter", "lightest"},
                                            {U"무거", "heavier", "heaviest"},
                                            {U"무겁", "heavier", "heaviest"},
                                            {U"좋은", "better", "best"},
                                            {U"좋", "better", "best"},
                                            {U"나은", "better", "best"},
                                            {U"빠른", "faster", "fastest"},
                                            {U"빨리", "faster", "fastest"},
                                            {U"빠르", "faster", "fastest"},
                                            {U"느린", "slower", "slowest"},
                                            {U"조용", "quieter", "quietest"},
                                            {U"시끄러", "louder", "loudest"},
                                            {U"밝은", "brighter", "brightest"},
                                            {U"밝", "brighter", "brightest"},
                                            {U"어두", "darker", "darkest"},
                                            {U"최신", "newer", "newest"},
                                            {U"새로", "newer", "newest"},
                                            {U"신형", "newer", "newest"},
                                            {U"긴", "longer", "longest"},
                                            {U"길", "longer", "longest"},
                                            {U"오래", "longer", "longest"},
                                            {U"짧", "shorter", "shortest"},
                                            {U"얇", "thinner", "thinnest"},
                                            {U"슬림", "thinner", "thinnest"},
                                            {U"두꺼", "thicker", "thickest"},
                                            {U"두껍", "thicker", "thickest"},
                                            {U"튼튼", "sturdier", "sturdiest"},
                                            {U"넓", "wider", "widest"},
                                            {U"높", "taller", "tallest"},
                                            {U"낮", "lower", "lowest"},
                                            {U"낮은 가격", "cheaper", "cheapest"},
                                            {U"가격이 낮", "cheaper", "cheapest"},
                                            {U"인기", "more_popular", "most_popular"},
                                            {U"잘 나가", "more_popular", "most_popular"},
                                            {U"잘나가", "more_popular", "most_popular"},
                                            {U"많이 팔", "more_popular", "most_popular"},
                                            {U"평점", "better_rated", "best_rated"},
                                            {U"별점", "better_rated", "best_rated"},
                                            {U"후기", "better_rated", "best_rated"},
                                            {U"예쁜", "prettier", "prettiest"},
                                            {U"예쁘", "prettier", "prettiest"},
                                            {U"이쁜", "prettier", "prettiest"},
                                            {U"강력", "stronger", "strongest"},
                                            {U"강한", "stronger", "strongest"},
                                            {U"쎈", "stronger", "strongest"},
                                            {U"편한", "more_comfortable", "most_comfortable"},
                                            {U"따뜻", "warmer", "warmest"}});
constexpr auto korean_more = std::to_array<std::u32string_view>(
    {U"더", U"좀더", U"좀 더", U"조금 더", U"조금더", U"보다", U"훨씬", U"덜"});
constexpr auto korean_most =
    std::to_array<std::u32string_view>({U"제일", U"가장", U"젤", U"최고로", U"제일로", U"최대한"});

constexpr auto english = phrases<Named>({{U"cheaper", "cheaper"},
                                         {U"cheapest", "cheapest"},
                                         {U"less expensive", "cheaper"},
                                         {U"more affordable", "cheaper"},
                                         {U"lower price", "cheaper"},
                                         {U"lower priced", "cheaper"},
                                         {U"lower-priced", "cheaper"},
                                         {U"least expensive", "cheapest"},
                                         {U"lowest price", "cheapest"},
                                         {U"most affordable", "cheapest"},
                                         {U"not so expensive", "cheaper"},
                                         {U"not that expensive", "cheaper"},
                                         {U"more expensive", "pricier"},
                                         {U"pricier", "pricier"},
                                         {U"higher end", "pricier"},
                                         {U"most expensive", "priciest"},
                                         {U"bigger", "bigger"},
                                         {U"larger", "bigger"},
                                         {U"biggest", "biggest"},
                                         {U"largest", "biggest"},
                                         {U"smaller", "smaller"},
                                         {U"smallest", "smallest"},
                                         {U"more compact", "smaller"},
                                         {U"most compact", "smallest"},
                                         {U"lighter", "lighter"},
                                         {U"lightest", "lightest"},
                                         {U"heavier", "heavier"},
                                         {U"heaviest", "heaviest"},
                                         {U"better", "better"},
                                         {U"best", "best"},
                                         {U"faster", "faster"},
                                         {U"quicker", "faster"},
                                         {U"fastest", "fastest"},
                                         {U"slower", "slower"},
                                         {U"quieter", "quieter"},
                                         {U"quietest", "quietest"},
                                         {U"less noisy", "quieter"},
                                         {U"louder", "louder"},
                                         {U"loudest", "loudest"},
                                         {U"brighter", "brighter"},
                                         {U"brightest", "brightest"},
                                         {U"darker", "darker"},
                                         {U"newer", "newer"},
                                         {U"newest", "newest"},
                                         {U"latest", "newest"},
                                         {U"more recent", "newer"},
                                         {U"longer", "longer"},
                                         {U"longest", "longest"},
                                         {U"shorter", "shorter"},
                                         {U"shortest", "shortest"},
                                         {U"thinner", "thinner"},
                                         {U"slimmer", "thinner"},
                                         {U"thinnest", "thinnest"},
                                         {U"thicker", "thicker"},
                                         {U"thickest", "thickest"},
                                         {U"sturdier", "sturdier"},
                                         {U"more durable", "sturdier"},
                                         {U"most durable", "sturdiest"},
                                         {U"wider", "wider"},
                                         {U"widest", "widest"},
                                         {U"taller", "taller"},
                                         {U"tallest", "tallest"},
                                         {U"more popular", "more_popular"},
                                         {U"most popular", "most_popular"},
                                         {U"best selling", "most_popular"},
                                         {U"best-selling", "most_popular"},
                                         {U"bestseller", "most_popular"},
                                         {U"best seller", "most_popular"},
                                         {U"better rated", "better_rated"},
                                         {U"best rated", "best_rated"},
                                         {U"top rated", "best_rated"},
                                         {U"highest rated", "best_rated"},
                                         {U"better reviews", "better_rated"},
                                         {U"prettier", "prettier"},
                                         {U"stronger", "stronger"},
                                         {U"more powerful", "stronger"},
                                         {U"most powerful", "strongest"},
                                         {U"more comfortable", "more_comfortable"}});

// The opposite direction, for 덜 ("덜 비싼" is cheaper).
std::string_view less(std::string_view more) {
    constexpr auto opposites = std::to_array<Named>({{U"", "cheaper"},
                                                     {U"", "pricier"},
                                                     {U"", "bigger"},
                                                     {U"", "smaller"},
                                                     {U"", "lighter"},
                                                     {U"", "heavier"},
                                                     {U"", "louder"},
                                                     {U"", "quieter"}});
    for (std::size_t i = 0; i < opposites.size(); ++i)
        if (opposites[i].value == more) return opposites[i ^ 1].value;
    return more;
}

template <std::size_t N>
const Named* longest(const Reading& r, std::size_t i, const PhraseList<Named, N>& list) {
    if (!list.may_begin(r.codes[i])) return nullptr;
    const Named* best = nullptr;
    for (const auto& entry : list) {
        if (entry.word.front() != r.codes[i]) continue;
        if ((!best || entry.word.size() > best->word.size()) && r.starts(i, entry.word)) best = &entry;
    }
    return best;
}

// Behind a Korean colour only particles or what colours stand before.
bool color_ends(const Reading& r, std::size_t end) {
    if (!r.hangul_at(end)) return true;
    static constexpr auto tails = phrases<std::u32string_view>(
        {U"색",   U"컬러", U"계열", U"톤",   U"거", U"걸",   U"것", U"건",   U"게",   U"말고", U"빼고",
         U"아닌", U"으로", U"로",   U"이",   U"은", U"는",   U"을", U"를",   U"도",   U"만",   U"요",
         U"있",   U"없",   U"하고", U"이랑", U"랑", U"이나", U"나", U"예요", U"제외", U"과",   U"와"});
    return starts_any(r, end, tails) > 0;
}

void find_colors(Scan& scan, std::size_t i) {
    const auto& r = scan.reading;
    const auto* color = longest(r, i, colors);
    if (!color) return;
    auto end = i + color->word.size();
    if (!scan.free(i, end)) return;
    if (text::is_hangul(color->word.back())) {
        if (color->word.size() == 1 ? r.hangul_at(end) : !color_ends(r, end)) return;
        for (const std::u32string_view tail : {U"색상", U"색깔", U"컬러", U"색"})
            if (r.starts(end, tail)) {
                end += tail.size();
                break;
            }
    } else {
        if (!r.latin_border(end)) return;
        if (color->word == U"orange" && r.starts(end, U" juice")) return;
        // "A flat white", "a white noise machine"
        if (color->word == U"white" && (r.starts(end, U" noise") || r.ends(i, U"flat "))) return;
    }
    scan.claim("color", std::string(color->value), i, end);
}

void find_sizes(Scan& scan, std::size_t i) {
    const auto& r = scan.reading;
    const auto claim = [&](std::string value, std::size_t begin, std::size_t end) {
        if (scan.free(begin, end)) scan.claim("size", std::move(value), begin, end);
    };
    if (const auto* size = longest(r, i, sizes)) {
        auto end = i + size->word.size();
        const bool hangul = text::is_hangul(size->word.back());
        if (hangul ? may_end_word(r, end) || r.starts(end, U"사이즈") : r.latin_border(end)) {
            const auto next = r.skip_blank(end);
            if (r.starts(next, U"사이즈")) end = next + 3;
            if (r.starts(next, U"size") && r.latin_border(next + 4)) end = next + 4;
            claim(std::string(size->value), i, end);
        }
        return;
    }
    // A single letter is a size only beside the word: "M 사이즈", "size m".
    const auto c = r.codes[i];
    if ((c == U's' || c == U'm' || c == U'l') && r.latin_border(i + 1)) {
        const auto next = r.skip_blank(i + 1);
        if (r.starts(next, U"사이즈"))
            claim(std::string(1, static_cast<char>(c)), i, next + 3);
        else if (r.starts(next, U"size"))
            claim(std::string(1, static_cast<char>(c)), i, next + 4);
        else if (r.ends(i, U"size "))
            claim(std::string(1, static_cast<char>(c)), i - 5, i + 1);
        else if (r.ends(i, U"사이즈 "))
            claim(std::string(1, static_cast<char>(c)), i - 4, i + 1);
    }
    if (text::is_ascii_digit(c)) {
        auto end = i;
        while (text::is_ascii_digit(r.at(end)) && end - i < 4) ++end;
        const auto next = r.skip_blank(end);
        const auto number = [&] { return text::to_utf8(std::u32string_view(r.codes).substr(i, end - i)); };
        if (r.starts(next, U"사이즈"))
            claim(number(), i, next + 3);
        else if (r.ends(i, U"size ") && r.latin_border(end))
            claim(number(), i - 5, end);
    }
}

void find_comparatives(Scan& scan, std::size_t i) {
    const auto& r = scan.reading;
    if (text::is_ascii_alpha(r.codes[i])) {
        const auto* word = longest(r, i, english);
        if (!word) return;
        const auto end = i + word->word.size();
        if (!r.latin_border(end) || !scan.free(i, end)) return;
        // "under", "no longer" and "had better" compare nothing.
        if (word->word == U"longer" && (r.ends(i, U"no ") || r.ends(i, U"any "))) return;
        if (word->word == U"better" && (r.ends(i, U"had ") || r.ends(i, U"feel "))) return;
        if (word->word == U"best" && (r.starts(end, U" regards") || r.ends(i, U"all the "))) return;
        scan.claim("comparative", std::string(word->value), i, end);
        return;
    }
    if (!r.hangul_at(i) || r.hangul_before(i)) return;
    const auto try_after = [&](std::size_t lead, bool most, bool fewer) {
        const auto at = r.skip_blank(i + lead);
        if (!korean.may_begin(r.at(at))) return false;
        const Adjective* best = nullptr;
        for (const auto& adjective : korean)
            if (r.starts(at, adjective.word) && (!best || adjective.word.size() > best->word.size()))
                best = &adjective;
        if (!best) return false;
        auto end = r.hangul_end(at + best->word.size());
        if (end - at > best->word.size() + 6) end = at + best->word.size();
        if (!scan.free(i, at + best->word.size())) return false;
        const auto value = most ? best->most : fewer ? less(best->more) : best->more;
        scan.claim("comparative", std::string(value), i, at + best->word.size());
        return true;
    };
    if (const auto lead = starts_any(r, i, korean_most); lead > 0 && try_after(lead, true, false)) return;
    if (const auto lead = starts_any(r, i, korean_more);
        lead > 0 && try_after(lead, false, r.codes[i] == U'덜'))
        return;
    // Asked without 더: "싼 거 있어요?", "저렴한 걸로", "최저가".
    struct Bare {
        std::u32string_view word;
        std::string_view value;
    };
    static constexpr auto bare = phrases<Bare>({{U"싼 거", "cheaper"},
                                                {U"싼거", "cheaper"},
                                                {U"싼 걸", "cheaper"},
                                                {U"싼걸", "cheaper"},
                                                {U"싼 게", "cheaper"},
                                                {U"싼 것", "cheaper"},
                                                {U"저렴한 거", "cheaper"},
                                                {U"저렴한 걸", "cheaper"},
                                                {U"저렴한 것", "cheaper"},
                                                {U"최저가", "cheapest"},
                                                {U"가성비", "best_value"},
                                                {U"베스트셀러", "most_popular"}});
    for (const auto& entry : bare) {
        if (!bare.may_begin(r.codes[i])) break;
        const auto end = i + entry.word.size();
        if (r.starts(i, entry.word) && scan.free(i, end)) {
            scan.claim("comparative", std::string(entry.value), i, end);
            return;
        }
    }
    // "이것보다 싼", "삼성보다 큰"
    for (auto k = i; k + 1 < r.size() && r.hangul_at(k) && k - i < 12; ++k) {
        if (!r.starts(k, U"보다")) continue;
        const auto at = r.skip_blank(k + 2);
        for (const auto& adjective : korean) {
            if (!r.starts(at, adjective.word) || adjective.word.empty()) continue;
            const auto end = at + adjective.word.size();
            if (scan.free(k, end)) scan.claim("comparative", std::string(adjective.more), k, end);
            return;
        }
    }
}

}  // namespace

void find_attributes(Scan& scan) {
    const auto& r = scan.reading;
    for (std::size_t i = 0; i < r.size(); ++i) {
        if (scan.taken[i]) continue;
        const auto c = r.codes[i];
        const bool hangul = text::is_hangul(c);
        if (hangul ? r.hangul_before(i) : !r.latin_border_before(i)) continue;
        if (!hangul && !text::is_ascii_alpha(c) && !text::is_ascii_digit(c)) continue;
        find_comparatives(scan, i);
        if (!scan.taken[i]) find_colors(scan, i);
        if (!scan.taken[i]) find_sizes(scan, i);
    }
}

}  // namespace maru::nlu
