// libidn2: internationalised domain names (UTS 46).
#pragma once
#include <idn2.h>
