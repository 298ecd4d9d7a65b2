/* Sums of rows of weights: see kernel.py, which has the same in NumPy. */

#include <stdint.h>
#include <string.h>
#include <math.h>

typedef float *restrict Row;

/* Rows of names: of each a scale, more columns as they are, and steps. */
typedef struct {
    const char *first;
    int64_t bytes, steps, more;
} Rows;

static void clear(Row total, int64_t columns)
{
    for (int64_t c = 0; c < columns; c++) total[c] = 0.0f;
}

static void add(Row total, const float *row, int64_t columns)
{
    for (int64_t c = 0; c < columns; c++) total[c] += row[c];
}

static void add_name(Row total, const Rows *rows, int64_t place)
{
    if (place < 0) return;
    const float *head = (const float *)(rows->first + place * rows->bytes);
    const float scale = head[0];
    const int64_t size = rows->steps;
    const int8_t *steps = (const int8_t *)(head + 1 + rows->more);
    for (int64_t c = 0; c < size; c++) total[c] += (float)steps[c] * scale;
    add(total + size, head + 1, rows->more);
}

static void add_all(Row total, const float *rows, const int32_t *places, int32_t count, int64_t columns)
{
    clear(total, columns);
    for (int32_t p = 0; p < count; p++) add(total, rows + (int64_t)places[p] * columns, columns);
}

/* Each of some sums of names into its place. numbers: how many sums; of each its place, how many names it has and which. */
static void fill(const int32_t *numbers, Row into, const Rows *rows)
{
    const int64_t columns = rows->steps + rows->more;
    const int32_t sums = *numbers++;
    for (int32_t n = 0; n < sums; n++) {
        const int32_t count = numbers[1];
        Row total = into + (int64_t)numbers[0] * columns;
        numbers += 2;
        clear(total, columns);
        for (int32_t p = 0; p < count; p++) add_name(total, rows, *numbers++);
    }
}

/* What words add in each role. numbers: how many words, parts and roles; of each role how many parts it is made of and which;
   of each word its place, how many names it has, the part of each, and which they are. */
static void spread(const int32_t *numbers, Row into, const Rows *rows)
{
    const int64_t columns = rows->steps + rows->more;
    const int32_t words = numbers[0], parts = numbers[1], roles = numbers[2], *made = numbers + 3;
    float sums[parts * columns];
    numbers = made;
    for (int32_t r = 0; r < roles; r++) numbers += *numbers + 1;
    for (int32_t n = 0; n < words; n++) {
        const int32_t count = numbers[1], *part = numbers + 2, *place = part + count, *role = made;
        Row out = into + (int64_t)numbers[0] * roles * columns;
        clear(sums, parts * columns);
        for (int32_t p = 0; p < count; p++) add_name(sums + part[p] * columns, rows, place[p]);
        for (int32_t r = 0; r < roles; r++, out += columns, role += *role + 1) add_all(out, sums, role + 1, *role, columns);
        numbers = place + count;
    }
}

/* numbers: how many rows are heard and which; how many candidates there are; of each how many rows it has and which. */
static void score(const int32_t *numbers, Row out, const float *heard_rows, const float *rows, const float *bias,
                  const float *speaks, int64_t width)
{
    float heard[width + 1], total[width + 2];
    add_all(heard, heard_rows, numbers + 1, numbers[0], width + 1);
    const float heard_root = sqrtf(heard[width] > 1.0f ? heard[width] : 1.0f);
    for (int64_t c = 0; c < width; c++) heard[c] = heard[c] / heard_root + bias[c];
    numbers += numbers[0] + 1;
    const int32_t candidates = *numbers++;
    for (int32_t n = 0; n < candidates; n++) {
        const int32_t count = *numbers++;
        add_all(total, rows, numbers, count, width + 2);
        numbers += count;
        const float root = sqrtf(total[width + 1] > 1.0f ? total[width + 1] : 1.0f);
        for (int64_t c = 0; c < width; c++) {
            const float sum = total[c] / root + heard[c];
            total[c] = (sum > 0.0f ? sum : 0.0f) * speaks[c];
        }
        float said = total[0];
        for (int64_t c = 1; c < width; c++) said += total[c];
        out[n] = said + total[width];
    }
}

/* A table of names, which stand one a line in a text: where each begins there, and its row and one, or 0. */
typedef struct {
    uint32_t mark, start;
    int32_t row;
} Slot;

typedef struct {
    Slot *slots;
    const char *text;
    int64_t last, size;
} Names;

static Slot *slot_of(const Names *names, const char *name, int64_t size)
{
    uint64_t hash = 14695981039346656037u;
    for (int64_t c = 0; c < size; c++) hash = (hash ^ (uint8_t)name[c]) * 1099511628211u;
    hash ^= hash >> 29;
    const uint32_t mark = (uint32_t)(hash >> 32);
    int64_t at = (int64_t)(hash & (uint64_t)names->last);
    for (; names->slots[at].row; at = (at + 1) & names->last) {
        const int64_t start = names->slots[at].start;
        if (names->slots[at].mark == mark && start + size < names->size && names->text[start + size] == '\n'
            && !memcmp(names->text + start, name, (size_t)size)) break;
    }
    if (!names->slots[at].row) names->slots[at].mark = mark;
    return names->slots + at;
}

/* The rows of the names of a part of the text; those that the table lacks go into it, the first with the row given. */
static void enter(const Names *names, int64_t start, int64_t stop, int32_t row, int32_t *out)
{
    while (start < stop) {
        int64_t end = start;
        while (names->text[end] != '\n') end++;
        Slot *slot = slot_of(names, names->text + start, end - start);
        if (!slot->row) {
            slot->start = (uint32_t)start;
            slot->row = ++row;
        }
        *out++ = slot->row - 1;
        start = end + 1;
    }
}

/* The rows of names that are asked for, one a line; -1 where there is none. */
static void find(const Names *names, const char *asked, int64_t count, int32_t *out)
{
    for (int64_t n = 0; n < count; n++) {
        int64_t size = 0;
        while (asked[size] != '\n') size++;
        out[n] = slot_of(names, asked, size)->row - 1;
        asked += size + 1;
    }
}

static const float *floats(int64_t address)
{
    return (const float *)(intptr_t)address;
}

int run(const int32_t *numbers, const int64_t *given, float *out)
{
    const Rows rows = {(const char *)(intptr_t)given[1], given[2], given[3], given[4]};
    const Names names = {(Slot *)(intptr_t)given[1], (const char *)(intptr_t)given[2], given[3], given[4]};
    switch (given[0]) {
    case 0: fill(numbers, out, &rows); break;
    case 1: spread(numbers, out, &rows); break;
    case 2: add_all(out, floats(given[1]), numbers + 1, numbers[0], given[2]); break;
    case 3: score(numbers, out, floats(given[1]), floats(given[2]), floats(given[3]), floats(given[4]), given[5]); break;
    case 4: enter(&names, numbers[0], numbers[1], numbers[2], (int32_t *)out); break;
    case 5: find(&names, (const char *)(intptr_t)given[5], numbers[0], (int32_t *)out); break;
    }
    return 0;
}
