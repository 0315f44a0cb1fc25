# The web pages inside the binary: embed.cmake runs at every build and is quick when nothing changed.
set(assets_out ${CMAKE_CURRENT_BINARY_DIR}/assets)
add_custom_target(maru_assets
  COMMAND ${CMAKE_COMMAND} -DDIST=${CMAKE_SOURCE_DIR}/web/dist -DOUT=${assets_out}
          -P ${CMAKE_CURRENT_LIST_DIR}/embed.cmake
  BYPRODUCTS ${assets_out}/assets.cpp
  VERBATIM)
target_sources(maru_bot PRIVATE ${assets_out}/assets.cpp)
# Assembler at file scope and link-time optimisation do not go together; -Wpedantic has no opinion on bytes.
set_source_files_properties(${assets_out}/assets.cpp PROPERTIES GENERATED ON COMPILE_OPTIONS -fno-lto)
add_dependencies(maru_bot maru_assets)
