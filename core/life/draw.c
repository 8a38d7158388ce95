/* Chance that can be had again: SplitMix64. */
#include "life/inside.h"

uint64_t life_draw(life_t *life, uint64_t below)
{
    life->random += UINT64_C(0x9e3779b97f4a7c15);
    uint64_t bits = life->random;
    bits = (bits ^ bits >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    bits = (bits ^ bits >> 27) * UINT64_C(0x94d049bb133111eb);
    bits ^= bits >> 31;
    return below > 0 ? bits % below : 0;
}

int64_t life_draw_between(life_t *life, int64_t least, int64_t most)
{
    return most > least ? least + (int64_t)life_draw(life, (uint64_t)(most - least) + 1) : least;
}

bool life_chance(life_t *life, int percent)
{
    return (int)life_draw(life, 100) < percent;
}
