"""bio30 by hand in Numba, a loop a member on all cores: what a person would write who wants speed and gives up the rest."""

from __future__ import annotations

import math

import numba as nb
import numpy as np
import params

INIT = np.array([*params.PRE0, *params.CLIN0, *params.P30])
PRE, CLIN = params.P_PRE, params.P_CLIN


@nb.njit(parallel=True, fastmath=True, cache=False)
def run(x: np.ndarray, z: np.ndarray) -> np.ndarray:
    n = x.shape[1]
    out = np.empty((4, 21, n))
    for i in nb.prange(n):
        pre, clin, p3 = INIT[:8].copy(), INIT[8:16].copy(), INIT[16:].copy()
        uc, on, trainees, talent, ai, port, smooth = 200.0, 1000.0, 9.0, 60.0, 0.05, 0.9, 1.5
        tau_pre, tau_clin, tau_p3, review, credit, trade = x[24, i], x[25, i], x[26, i], x[27, i], x[28, i], x[29, i]
        ai_r, ai_max, ai_sub, delay, price, train0, boost = x[30, i], x[31, i], x[32, i], x[33, i], x[34, i], x[35, i], x[36, i]
        attrition, g, cut, ease = x[37, i], x[38, i], x[39, i], x[40, i]
        for t in range(241):
            y, f = t // 12, t % 12
            y2, w = min(y + 1, 20), f / 12.0
            rd = z[0, y, i] * (1 - w) + z[0, y2, i] * w
            dem = z[1, y, i] * (1 - w) + z[1, y2, i] * w
            px = z[2, y, i] * (1 - w) + z[2, y2, i] * w
            ramp = min(1.0, t / 24.0)
            tax = credit * ramp
            fit = min(1.0, talent / (20 + 0.05 * clin.sum() + 0.1 * p3.sum() + 0.02 * on)) ** 0.6
            fund = (smooth / 1.5) ** 0.2
            approved = sold = 0.0
            for a in range(8):
                start = x[a, i] * (rd * (1 + 0.5 * tax) * fund * fit)
                pre_out = pre[a] * ((1 + ai_max * ai) / tau_pre)
                clin_out = clin[a] * (fit * (1 + ease * ramp) / tau_clin)
                p3_out = p3[a] / (tau_p3 + review * (1 - cut * ramp))
                passed = p3_out * x[8 + a, i]
                approved += passed
                sold += passed * x[16 + a, i]
                pre[a] += start - pre_out
                clin[a] += pre_out * PRE[a] * (1 + 0.25 * ai) - clin_out
                p3[a] += clin_out * CLIN[a] - p3_out
            demand = 1000.0 * math.exp(g * t) * dem
            exports = port + on * min(1.0, demand / on) * price * px * (1 + 0.3 * trade * ramp)
            if f == 0:
                out[0, y, i], out[1, y, i], out[2, y, i], out[3, y, i] = exports, approved, on, talent
            order = max(0.0, demand * 1.15 - on - uc) * (1 + 0.4 * tax) / 12.0
            done, graduates = uc / delay, trainees / 18.0
            uc, on = uc + order - done, on + done - on / 480.0
            trainees, talent = trainees + train0 * (1 + boost * ramp) - graduates, talent + graduates - talent * attrition
            port += sold * px - port / 120.0
            ai += ai_r * ai * (1 - ai) * (1 + ai_sub * ramp)
            smooth += (exports - smooth) / 12.0
    return out
