// One visitor's questions in flight: joins a question to its ack by id and to its answer by `reply_to`,
// whichever of the two frames comes first.
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tests/bench/load/fleet.hpp"
#include "tests/bench/load/frame.hpp"

namespace maru::load {

class Pending {
  public:
    struct Done {
        std::optional<SteadyTime> acked;     // set when this frame was the question's ack: when it was due
        std::optional<SteadyTime> answered;  // set when its ack and its first answer are both here
    };

    void sent(std::uint64_t number, SteadyTime due) { questions_.push_back({number, due, 0}); }

    [[nodiscard]] Done got(const Answer& answer) {
        Done done;
        if (answer.type == "ack" && answer.seq) {
            std::uint64_t number = 0;
            (void)std::from_chars(answer.id.data(), answer.id.data() + answer.id.size(), number);
            for (std::size_t i = 0; i < questions_.size(); ++i) {
                Question& question = questions_[i];
                if (question.number != number || question.seq != 0) continue;
                question.seq = *answer.seq;
                done.acked = question.due;
                if (*answer.seq <= early_) finish(i, done);
                break;
            }
        } else if (answer.type == "message" && answer.reply_to) {
            bool known = false;
            for (std::size_t i = 0; i < questions_.size() && !known; ++i) {
                known = questions_[i].seq == *answer.reply_to;
                if (known) finish(i, done);
            }
            if (!known && *answer.reply_to > early_) early_ = *answer.reply_to;
        }
        return done;
    }

    // For a server that only echoes: its answers come in order.
    [[nodiscard]] std::optional<SteadyTime> echoed() {
        if (questions_.empty()) return std::nullopt;
        const SteadyTime due = questions_.front().due;
        questions_.erase(questions_.begin());
        return due;
    }

    [[nodiscard]] std::size_t size() const { return questions_.size(); }

  private:
    struct Question {
        std::uint64_t number;
        SteadyTime due;
        std::int64_t seq;  // 0: not acked
    };

    void finish(std::size_t i, Done& done) {
        done.answered = questions_[i].due;
        questions_.erase(questions_.begin() + static_cast<std::ptrdiff_t>(i));
    }

    std::vector<Question> questions_;
    std::int64_t early_ = 0;  // highest reply_to seen that no ack has explained yet
};

}  // namespace maru::load
