#include <doctest/doctest.h>

TEST_CASE("builds") { CHECK(true); }
