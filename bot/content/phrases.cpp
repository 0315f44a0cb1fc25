#include "bot/content/phrases.hpp"

#include <array>

namespace maru {
namespace {

struct Default {
    std::string_view key, ko, en;
};

// {name} and the like are filled in by the turn.
constexpr std::array defaults{
    Default{"greeting", "안녕하세요! 무엇을 도와드릴까요?", "Hello! How can I help you?"},
    Default{
        "fallback",
        "죄송해요, 무슨 말씀인지 잘 이해하지 못했어요. 아래에서 고르시거나 조금 다르게 말씀해 주시겠어요?",
        "Sorry, I didn't quite get that. Could you pick one of these or say it in other words?"},
    Default{
        "fallback_goods",
        "그 부분은 제가 상품 정보만으로는 판단하기 어려워요. 가격이나 색상, 크기처럼 고를 조건을 말씀해 "
        "주시거나, 상담원에게 추천을 받아 보시겠어요?",
        "That's hard for me to judge from the product data. Tell me a price, a colour or a size to go by, "
        "or ask a colleague for advice."},
    Default{"fallback_again",
            "이번에도 제가 알아듣지 못했어요. 다른 말로 적어 주시거나, 상담원에게 바로 물어보셔도 돼요.",
            "I still didn't get that, sorry. Put it in other words, or ask a colleague directly."},
    Default{"said_all",
            "제가 아는 건 바로 앞에 말씀드린 내용이 전부예요. 더 필요한 건 상담원에게 물어봐 드릴까요?",
            "What I said just before is all I know about that. Shall I ask a colleague about the rest?"},
    Default{"sum_right", "네, 맞아요. {sum}이에요.", "Yes, that's right: {sum}."},
    Default{"sum_is", "계산하면 {sum}이에요.", "That comes to {sum}."},
    Default{"out_of_scope", "그 부분은 제가 잘 몰라요. 상품이나 주문, 배송에 대해서는 무엇이든 물어보세요!",
            "That's outside what I know, but I'm happy to help with products, orders or delivery."},
    Default{"fallback_person", "제가 도와드리기 어려운 내용 같아요. 상담원을 연결해 드릴게요.",
            "This seems to be beyond me. Let me bring in a colleague."},
    Default{"clarify", "혹시 이런 내용을 찾으시나요?", "Did you mean one of these?"},
    Default{"offer", "마음에 드는 상품을 찾으셨나 봐요. 상담원을 연결해서 주문을 바로 도와드릴까요?",
            "Looks like you've found something you like. Shall I bring in a colleague to help you order?"},
    Default{"offer_yes", "상담원 연결", "Yes, connect me"},
    Default{"offer_no", "괜찮아요", "No, thanks"},
    Default{
        "ready_noted",
        "담당자가 연락드릴 때 주문까지 바로 도와드릴게요. 기다리지 않으셔도 되고, 사이트에서 바로 주문하셔도 "
        "돼요.",
        "Noted: whoever gets back to you will help you order. You needn't wait, though; ordering on the "
        "site works at any time."},
    Default{"offer_declined", "네, 알겠습니다. 더 궁금한 점이 있으면 편하게 말씀해 주세요.",
            "No problem. Just ask if there's anything else."},
    Default{"queued",
            "상담원을 연결하고 있어요. 잠시만 기다려 주세요. 지금까지 나눈 대화는 그대로 전달되니 다시 "
            "설명하지 않으셔도 돼요.",
            "I'm connecting you with a colleague. They will see our conversation, so there's no need to "
            "repeat anything."},
    Default{"still_queued", "상담원에게 전달했어요. 곧 연결될 예정이니 조금만 더 기다려 주세요.",
            "I've passed that on. A colleague will be with you shortly."},
    Default{"queue_cancelled", "네, 상담원 연결을 취소했어요. 제가 계속 도와드릴게요.",
            "All right, I've cancelled that. I'm still here to help."},
    Default{"queue_cancel", "연결 취소", "Cancel"},
    Default{"offline_hours",
            "지금은 상담 시간이 아니에요. 연락처(휴대폰 번호나 이메일)를 남겨 주시면 상담원이 확인하고 "
            "연락드릴게요.\n\n{consent}",
            "Our team is outside business hours right now. Leave a phone number or an e-mail address and a "
            "colleague will get back to you.\n\n{consent}"},
    Default{"offline_busy",
            "지금은 연결할 수 있는 상담원이 없어요. 연락처(휴대폰 번호나 이메일)를 남겨 주시면 상담원이 "
            "확인하고 연락드릴게요.\n\n{consent}",
            "No colleague is available right now. Leave a phone number or an e-mail address and someone will "
            "get back to you.\n\n{consent}"},
    Default{"consent",
            "[개인정보 수집·이용 안내] 수집 항목: 휴대폰 번호 또는 이메일 / 목적: 문의 답변 / 보유 기간: "
            "{days}일 후 자동 삭제. 동의하지 않으셔도 되지만, 그 경우 연락을 드릴 수 "
            "없어요. 연락처를 보내 주시면 동의하신 것으로 알겠습니다.",
            "[Privacy notice] We collect: a phone number or an e-mail address. Purpose: answering this "
            "inquiry. Kept for: {days} days, then deleted "
            "automatically. You may decline, but then we cannot contact you. By sending your contact you "
            "agree to this."},
    Default{"contact_known",
            "남겨 주신 연락처로 상담원이 연락드릴게요. 지금 하신 말씀도 상담원이 함께 볼게요.",
            "A colleague will get back to you at the contact you left, and will read what you have just "
            "written, too."},
    Default{"contact_use", "{contact}로 연락 주세요", "Contact me at {contact}"},
    Default{"contact_skip", "괜찮아요, 남기지 않을게요", "No, thanks"},
    Default{"contact_thanks", "감사합니다. {contact}(으)로 연락드릴게요.",
            "Thank you. We'll get back to you at {contact}."},
    Default{"contact_declined", "네, 알겠습니다. 문의 내용은 상담원에게 전달해 둘게요.",
            "All right. I've passed your inquiry on to the team."},
    Default{"contact_retry",
            "휴대폰 번호나 이메일 주소를 확인할 수 없어요. 010-1234-5678이나 name@example.com처럼 적어 "
            "주시겠어요?",
            "I couldn't find a phone number or e-mail address in that. Could you write it like 010-1234-5678 "
            "or name@example.com?"},
    Default{"agent_joined", "{agent} 상담원이 연결되었어요.", "{agent} has joined the conversation."},
    Default{"agent_requeued", "상담원 연결이 끊겨 다른 상담원을 찾고 있어요. 잠시만 기다려 주세요.",
            "Your colleague was disconnected. I'm finding someone else for you; one moment, please."},
    Default{"transferred_team", "담당 팀의 상담원을 연결하고 있어요. 잠시만 기다려 주세요.",
            "I'm connecting you with the right team. One moment, please."},
    Default{"returned", "상담이 끝나 제가 다시 도와드릴게요.", "I'm back to help you from here."},
    Default{"closed_agent", "상담이 종료되었어요. 이용해 주셔서 감사합니다. 언제든 다시 말씀해 주세요.",
            "This conversation has been closed. Thank you for contacting us; just write again any time."},
    Default{"closed_visitor", "대화를 종료했어요. 언제든 다시 말씀해 주세요.",
            "The conversation has ended. Just write again any time."},
    Default{"csat", "상담은 만족스러우셨나요?", "How satisfied were you with the help you got?"},
    Default{"products_found", "이런 상품은 어떠세요?", "Here is what I found:"},
    Default{"products_relaxed",
            "말씀하신 조건에 꼭 맞는 상품은 없어서, 가장 가까운 상품을 보여드려요. ({relaxed})",
            "Nothing matches all of that, so here are the closest ones. ({relaxed})"},
    Default{"products_no_maker", "{maker} 제품은 팔지 않아요. 저희가 파는 상품 중에서 찾아봤어요.",
            "We don't carry {maker}. Here is what we have instead:"},
    Default{"products_untold", "상품 정보에 ‘{words}’ 이야기는 없지만, 가장 가까운 상품을 보여 드릴게요.",
            "The product details say nothing of “{words}”; these are the closest:"},
    Default{"products_not_together", "{words}인 상품은 없어요. 하나씩 맞는 상품은 이런 것들이에요.",
            "We have none with {words} together. These have one of them:"},
    Default{"products_none", "말씀하신 상품을 찾지 못했어요. 다른 이름이나 조건으로 말씀해 주시겠어요?",
            "I couldn't find that. Could you try another name or other conditions?"},
    Default{"products_other_size", "{size}에 맞는 상품은 없어요. 대신 이런 것들이 있어요.",
            "There's none in {size}. Here is what there is:"},
    Default{"products_none_left", "그것을 빼면 {type}은(는) 더 없어요. 다른 조건으로 찾아볼까요?",
            "Without those there's nothing left among our {type}. Shall I look for something else?"},
    Default{"products_none_price",
            "{price}(으)로는 조건에 맞는 상품이 없어요. 가장 가까운 상품은 {nearest}부터 있어요.",
            "There's nothing {price} that fits. The nearest one starts at {nearest}."},
    Default{"products_widened", "말씀하신 조건에 맞는 {type}은(는) 없어서, {parent} 전체에서 찾아봤어요.",
            "No {type} fits that, so I looked through all of {parent}:"},
    Default{"products_wider", "{parent} 전체에는 조건에 맞는 상품이 {count}개 있어요.",
            "Among all of {parent}, {count} would fit."},
    Default{"products_wider_show", "{parent} 전체 보기", "See all of {parent}"},
    Default{"products_absent", "{words}은(는) 저희 매장에서 취급하지 않아요. 다른 상품을 찾아 드릴까요?",
            "We don't carry {words}, sorry. Shall I look for something else?"},
    Default{"products_related", "{words}은(는) 취급하지 않지만, 관련 상품으로는 이런 것들이 있어요.",
            "We don't carry {words} as such, but these may go with it:"},
    Default{"best_of_shown", "{product}(이)에요. {attribute} {value}",
            "That's the {product}: {attribute} {value}."},
    Default{"products_compared", "나란히 비교해 볼게요.", "Here they are side by side:"},
    Default{"products_alike", "같은 점: {same}", "In common: {same}"},
    Default{"narrow_type", "어떤 종류로 찾으세요?", "Which kind are you looking for?"},
    Default{"narrow_brand", "찾으시는 브랜드가 있나요?", "Do you have a brand in mind?"},
    Default{"narrow_color", "어떤 색상이 좋으세요?", "Which colour would you like?"},
    Default{"narrow_price", "예산은 어느 정도로 생각하세요?", "What price are you thinking of?"},
    Default{"narrow_other", "{facet}은(는) 어떤 게 좋으세요?", "Which {facet} would suit you?"},
    Default{"products_more", "더 보기", "Show more"},
    Default{"products_no_more", "보여드릴 수 있는 상품은 여기까지예요. 다른 조건으로 찾아볼까요?",
            "That's all I have on this. Shall we try other conditions?"},
    Default{"which_product", "어떤 상품을 말씀하시는 걸까요? 상품 이름을 알려 주시겠어요?",
            "Which product do you mean? Could you tell me its name?"},
    Default{"unknown_half", "{attribute}에 대해서는 상품 정보에 나와 있지 않아요.",
            "The product information says nothing about {attribute}."},
    Default{"unknown_attribute", "{product}의 그 정보는 제가 가지고 있지 않아요. 상담원에게 확인해 드릴까요?",
            "I don't have that information about {product}. Shall I ask a colleague?"},
    Default{"currency_unknown", "죄송해요, {currency} 금액은 비교할 수 없어요. 원화로 말씀해 주시겠어요?",
            "Sorry, I can't compare amounts in {currency}. Could you give it in {own}?"},
    Default{"greet", "안녕하세요! 무엇이든 편하게 물어보세요.",
            "Hi there! Ask me anything about our products or your order."},
    Default{"goodbye", "네, 좋은 하루 보내세요! 궁금한 점이 생기면 언제든 다시 찾아 주세요.",
            "Goodbye! Come back any time you have a question."},
    Default{"thanks", "도움이 되어 기뻐요. 더 궁금한 점이 있으면 말씀해 주세요.",
            "You're welcome! Let me know if there's anything else."},
    Default{"acknowledged", "네! 더 필요하신 게 있으면 말씀해 주세요.",
            "Alright! Let me know if you need anything else."},
    Default{"bot_identity",
            "저는 {name} 챗봇이에요. 상품 찾기와 추천, 배송·교환·반품 안내, 주문 조회를 도와드리고, 필요하면 "
            "바로 상담원을 연결해 드려요.",
            "I'm {name}, the shop's chatbot. I can find and recommend products, explain delivery, returns "
            "and payment, look up orders, and bring in a "
            "colleague whenever you like."},
    Default{"flow_cancelled", "네, 여기까지 할게요. 다른 도움이 필요하시면 말씀해 주세요.",
            "All right, let's leave it there. What else can I do for you?"},
    Default{"offer_failed", "제가 자꾸 놓치고 있네요, 죄송해요. 상담원을 연결해 드릴까요?",
            "Sorry, I keep missing the point. Shall I bring in a colleague?"},
    Default{"sorry_upset", "불편을 드려 정말 죄송해요. 상담원이 직접 확인해 드릴 수 있도록 바로 연결할게요.",
            "I'm really sorry about this. Let me get a colleague to look into it right away."},
    Default{"chosen", "{product} 말씀이시군요.", "{product}, good choice."},
    Default{"price_difference", "가격 차이는 {difference}이에요.", "The difference is {difference}."},
    Default{"price_total", "모두 {total}이에요.", "That's {total} in all."},
    Default{"delivery_added", "배송비 {fee}을 더하면 {sum}이에요.", "With delivery ({fee}) that's {sum}."},
    Default{"delivery_free_from", "{free_from}부터는 배송비가 없어요.",
            "From {free_from} on, delivery is free."},
    Default{"delivery_free", "배송비는 없어요.", "Delivery is free."},
    Default{"best_rated_of_shown",
            "저라면 {product}을(를) 고르겠어요. 이 중에서 평점이 {rating}로 가장 높아요.",
            "I'd take the {product}: of these it's the best rated, at {rating}."},
    Default{"which_unknown", "그건 상품 정보만으로는 가릴 수 없어요. 나와 있는 내용은 이래요.",
            "The product information doesn't settle that. This is what it says:"},
    Default{"price_of_many", "{product} {count}개는 모두 {total}이에요. (개당 {price})",
            "{count} × {product}: {total} in all, {price} each."},
    Default{"price_is", "{product}의 가격은 {price}이에요.", "{product} is {price}."},
    Default{"stock_yes", "{product}은(는) 지금 재고가 있어서 바로 주문하실 수 있어요.",
            "{product} is in stock and ready to ship."},
    Default{"stock_no", "{product}은(는) 지금 품절이에요. 비슷한 상품을 보여드릴게요.",
            "{product} is out of stock right now. Here are similar ones."},
    Default{"stock_none", "{product}은(는) 지금 품절이에요. 비슷한 상품도 지금은 없네요.",
            "{product} is out of stock right now, and there's nothing similar at the moment."},
    Default{"stock_preorder", "{product}은(는) 지금 예약 주문만 받고 있어요.",
            "{product} can only be pre-ordered at the moment."},
    Default{"attribute_is", "{product}: {attribute} — {value}", "{product}: {attribute} — {value}"},
    Default{"attribute_yes", "네, {product}은(는) {attribute} 항목이 \"{value}\"(으)로 되어 있어요.",
            "Yes, {product} lists {attribute}: {value}."},
    Default{"attribute_no", "아니요, {product}은(는) {attribute} 항목이 \"{value}\"(으)로 되어 있어요.",
            "No, {product} lists {attribute}: {value}."},
    Default{"goes_with", "{product}와(과) 함께 쓰기 좋은 상품이에요.", "These go well with {product}:"},
    Default{"goes_with_cart", "담으신 {product}와(과) 함께 쓰기 좋은 상품이에요.",
            "To go with {product} in your cart:"},
    Default{"goes_with_none", "{product}와(과) 함께 권해 드릴 만한 상품은 아직 찾지 못했어요.",
            "I don't have anything in particular to go with {product}."},
    Default{"similar_to", "{product}와(과) 비슷한 상품이에요.", "Similar to {product}:"},
    Default{"similar_none", "{product}와(과) 비슷하면서 그 조건에 맞는 상품은 찾지 못했어요.",
            "I found nothing else like {product} that fits."},
    Default{"turned_down", "네, 그 상품은 빼고 다시 보여드릴게요.", "All right, here are others:"},
    Default{"recommended", "이런 상품은 어떠세요?", "How about these?"},
    Default{"talk_to_person", "상담원 연결", "Talk to a person"},
};

}  // namespace

std::vector<std::string_view> phrase_keys() {
    std::vector<std::string_view> keys;
    keys.reserve(std::size(defaults));
    for (const auto& one : defaults) keys.push_back(one.key);
    return keys;
}

Phrases default_phrases() {
    Phrases phrases;
    for (const auto& one : defaults) {
        flows::LocalText text;
        text.locales = {{"ko", {std::string(one.ko)}}, {"en", {std::string(one.en)}}};
        phrases.all.emplace(one.key, std::move(text));
    }
    return phrases;
}

std::string_view Phrases::operator()(std::string_view key, std::string_view locale, std::size_t seed) const {
    const auto found = all.find(key);
    return found == all.end() ? key : found->second.pick(locale, seed);
}

}  // namespace maru
