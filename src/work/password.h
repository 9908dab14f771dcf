// SPDX-License-Identifier: GPL-3.0-or-later
//
// Asks the user's own program (option password-command) for a login that a server wants.
#ifndef HARK_WORK_PASSWORD_H
#define HARK_WORK_PASSWORD_H

#include "work/job.h"

// For net_set_ask, with a struct work: answers by net_give_login once the program has ended. False
// without an error where no program is set.
bool password_ask(void *work, const char *account, GError **error);

#endif
