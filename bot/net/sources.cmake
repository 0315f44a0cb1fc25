# Sockets, HTTP and the wire's decoder.
target_sources(maru_bot PRIVATE)
