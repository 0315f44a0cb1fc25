// Whole files that survive a kill, a power cut and a full disk. Every function may run on any thread; two
// writers of one file must be kept apart by their caller.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace maru {

// All bytes of a file; nothing when it is not there or cannot be read.
[[nodiscard]] std::optional<std::string> read_file(const std::filesystem::path& path);

// Writes `bytes` beside `path` and puts the finished file in its place: a reader, or a start after a power
// cut, finds the old file or the new one. A file that was there keeps its permissions; a new one gets
// `mode`. Returns when it is on the disk. Throws std::runtime_error naming the file and the cause; the old
// file is then as it was.
void replace_file(const std::filesystem::path& path, std::string_view bytes, mode_t mode = 0640);

// Adds `lines`, which end with a line break, to a file that need not exist. A last line that a kill cut
// short is closed first, so that it does not swallow the next. Throws std::runtime_error as replace_file
// does, and then none of `lines` is in the file.
void append_lines(const std::filesystem::path& path, std::string_view lines);

}  // namespace maru
