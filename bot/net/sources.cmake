# Sockets, HTTP and the wire's decoder.
target_sources(maru_bot PRIVATE
  base/metrics.cpp
  net/address.cpp
  net/admission.cpp
  net/auth.cpp
  net/core.cpp
  net/cork.cpp
  net/delays.cpp
  net/file_types.cpp
  net/http.cpp
  net/http_answer.cpp
  net/http_head.cpp
  net/http_session.cpp
  net/media.cpp
  net/ops.cpp
  net/pages.cpp
  net/rates.cpp
  net/router.cpp
  net/server.cpp
  net/ws_session.cpp
  wire/decode.cpp
  wire/decode_fields.cpp)
include(${CMAKE_CURRENT_LIST_DIR}/assets.cmake)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 takes Asio's recycling of coroutine frames (class operator new and delete) for a mismatch.
  set_source_files_properties(net/http_session.cpp net/server.cpp PROPERTIES COMPILE_OPTIONS -Wno-mismatched-new-delete)
endif()
