#include "nlu/understanding.hpp"
