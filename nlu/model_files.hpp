// Trained models kept in a folder between runs, so that a restart with unchanged content does not train.
//
//     nlu::ModelFiles kept(data_folder / "models");
//     source.cached_model = kept.read(nlu::model_key(source)).value_or("");
//     auto built = nlu::Engine::build(source);
//     if (built.engine && built.trained) kept.write(nlu::model_key(source), built.engine->model());
//
// A file is its format's mark, the length and checksum of the model, then the model. What is cut short,
// changed, from another format or another machine's byte order reads as absent, and training follows. Any
// thread; several processes may share the folder, for files appear whole or not at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace maru::nlu {

class ModelFiles {
  public:
    // The folder is made when the first model is written.
    explicit ModelFiles(std::filesystem::path folder) : folder_(std::move(folder)) {}

    // nullopt when there is none or it is not whole.
    [[nodiscard]] std::optional<std::string> read(std::string_view key) const;
    // Keeps `model` and forgets all but the `most_files` newest. Returns what went wrong, empty when nothing:
    // a model that is not kept costs the next start its training, no more.
    [[nodiscard]] std::string write(std::string_view key, std::string_view model) const;

    [[nodiscard]] std::filesystem::path file(std::string_view key) const;

    static constexpr std::size_t most_files = 4;
    static constexpr std::size_t most_bytes = std::size_t{512} << 20;

  private:
    std::filesystem::path folder_;
};

}  // namespace maru::nlu
