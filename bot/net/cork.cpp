#include "bot/net/cork.hpp"

namespace maru::net {

bool Cork::flush() {
    if (gathering_ != nullptr && gathering_ != &unsent_) {
        std::string& scratch = *gathering_;
        gathering_ = nullptr;
        const auto sent = hand_over(scratch.data(), scratch.size());
        if (sent < scratch.size() && !broken_) unsent_.assign(scratch, sent);
        scratch.clear();
        constexpr std::size_t keep = 256 * 1024;
        if (scratch.capacity() > keep) scratch = {};
        return !broken_;
    }
    gathering_ = nullptr;
    if (unsent_.empty()) return !broken_;
    sent_ += hand_over(unsent_.data() + sent_, unsent_.size() - sent_);
    if (sent_ == unsent_.size() || broken_) {
        unsent_ = {};
        sent_ = 0;
    } else if (sent_ > unsent_.size() / 2) {
        unsent_.erase(0, sent_);
        sent_ = 0;
    }
    return !broken_;
}

std::size_t Cork::hand_over(const char* data, std::size_t size) {
    std::size_t done = 0;
    while (done < size && !broken_) {
        Error ec;
        done += socket_.write_some(asio::buffer(data + done, size - done), ec);
        if (ec == asio::error::would_block || ec == asio::error::try_again) break;
        if (ec) broken_ = ec;
    }
    return done;
}

}  // namespace maru::net
