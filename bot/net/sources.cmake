# Sockets, HTTP and the wire's decoder.
target_sources(maru_bot PRIVATE
  wire/decode.cpp
  wire/decode_fields.cpp)
