#pragma once
namespace maru::net {
class Auth;
}
