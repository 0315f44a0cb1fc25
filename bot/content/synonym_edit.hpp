// Adds one word to the synonyms of a config folder, as its admin would by hand: the file keeps its comments,
// order and layout, and only what the loader reads as intended is written.
//
// Threads: `with_synonym` any; `write_synonym` calls must not run at the same time.
#pragma once

#include <boost/system/result.hpp>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace maru {

struct SynonymError {
    std::string message;    // what is wrong and what would be right
    bool conflict = false;  // the file stands in the way, rather than the words
};

struct SynonymEdit {
    bool known = false;              // they mean the same already: nothing changes
    std::string text;                // the whole file as it becomes
    std::uint32_t line = 0;          // where the word stands
    std::vector<std::string> group;  // all that now means the same
};
using SynonymResult = boost::system::result<SynonymEdit, SynonymError>;

// `text` of a synonyms.yaml (empty: there is none yet) with `word` meaning `means`: added to the first group
// that has `means`, or with it in a group of its own at the end of the list.
[[nodiscard]] SynonymResult with_synonym(std::string_view text, std::string_view word,
                                         std::string_view means);

// The same for the file of `folder`, which is replaced whole; it may have been edited meanwhile, then the
// edit is made anew.
[[nodiscard]] SynonymResult write_synonym(const std::filesystem::path& folder, std::string_view word,
                                          std::string_view means);

}  // namespace maru
