# Sockets, HTTP and the wire's decoder.
target_sources(maru_bot PRIVATE
  base/metrics.cpp
  net/address.cpp
  net/core.cpp
  net/http.cpp
  net/http_answer.cpp
  net/http_head.cpp
  net/http_session.cpp
  net/ops.cpp
  net/rates.cpp
  net/router.cpp
  net/server.cpp
  net/ws_session.cpp
  wire/decode.cpp
  wire/decode_fields.cpp)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # GCC 12 takes Asio's recycling of coroutine frames (class operator new and delete) for a mismatch.
  set_source_files_properties(net/http_session.cpp net/server.cpp PROPERTIES COMPILE_OPTIONS -Wno-mismatched-new-delete)
endif()
