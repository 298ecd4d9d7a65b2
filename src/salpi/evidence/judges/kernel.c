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

/* The sum of rows as NumPy has it: eight beside each other, then one; two halves where they are more than 128. */
static void add_in_eights(Row total, const float *rows, const int32_t *places, int32_t count, int64_t columns)
{
    float sums[8][columns];
    if (count < 8) {
        add_all(total, rows, places, count, columns);
    } else if (count <= 128) {
        const int32_t whole = count - count % 8;
        for (int32_t p = 0; p < whole; p++)
            if (p < 8) memcpy(sums[p], rows + (int64_t)places[p] * columns, sizeof sums[p]);
            else add(sums[p % 8], rows + (int64_t)places[p] * columns, columns);
        for (int64_t c = 0; c < columns; c++)
            total[c] = ((sums[0][c] + sums[1][c]) + (sums[2][c] + sums[3][c])) + ((sums[4][c] + sums[5][c]) + (sums[6][c] + sums[7][c]));
        for (int32_t p = whole; p < count; p++) add(total, rows + (int64_t)places[p] * columns, columns);
    } else {
        const int32_t half = count / 2 - count / 2 % 8;
        add_in_eights(total, rows, places, half, columns);
        add_in_eights(sums[0], rows, places + half, count - half, columns);
        add(total, sums[0], columns);
    }
}

/* Adds the sums of some rows to rows of totals. numbers: how many totals; of each how many rows, one or more, and which.
   in_eights: the first, and the sum of the others; else one after the other. */
static void add_each(const int32_t *numbers, Row into, const float *rows, int64_t columns, int64_t in_eights)
{
    float total[columns], others[columns];
    const int32_t totals = *numbers++;
    for (int32_t n = 0; n < totals; n++, into += columns) {
        const int32_t count = *numbers++;
        add_all(total, rows, numbers, in_eights ? 1 : count, columns);
        if (in_eights) {
            add_in_eights(others, rows, numbers + 1, count - 1, columns);
            add(total, others, columns);
        }
        add(into, total, columns);
        numbers += count;
    }
}

/* Sums become what they wake: over the root of their count, which stands last and becomes one over it, above zero. */
static void wake(Row each, int32_t count, const float *bias, int64_t width, int64_t columns)
{
    for (int32_t n = 0; n < count; n++, each += columns) {
        const float names = each[columns - 1], share = 1.0f / sqrtf(names > 1.0f ? names : 1.0f);
        for (int64_t c = 0; c < width; c++) {
            const float sum = each[c] * share + bias[c];
            each[c] = sum > 0.0f ? sum : 0.0f;
        }
        each[columns - 1] = share;
    }
}

/* What speaks for an answer, where it is awake. numbers: how many, and which of those that were woken each belongs to. */
static void awake(const int32_t *numbers, Row toward, const float *woken, int64_t width, int64_t columns)
{
    for (int32_t n = 1; n <= numbers[0]; n++, toward += width) {
        const float *own = woken + (int64_t)numbers[n] * columns;
        for (int64_t c = 0; c < width; c++) toward[c] *= own[c] > 0.0f ? own[columns - 1] : 0.0f;
    }
}

/* How loud rows speak toward answers: their products, in eight sums. numbers: how many answers; of each how many rows and which. */
static void loud(const int32_t *numbers, float *out, const float *rows, const float *toward, int64_t width, int64_t columns)
{
    const int32_t answers = *numbers++;
    for (int32_t n = 0; n < answers; n++, toward += width)
        for (int32_t left = *numbers++; left; left--) {
            const float *row = rows + (int64_t)*numbers++ * columns;
            float sums[8] = {0.0f};
            int64_t c = 0;
            for (; c + 8 <= width; c += 8)
                for (int64_t s = 0; s < 8; s++) sums[s] += row[c + s] * toward[c + s];
            for (; c < width; c++) sums[c % 8] += row[c] * toward[c];
            *out++ = ((sums[0] + sums[1]) + (sums[2] + sums[3])) + ((sums[4] + sums[5]) + (sums[6] + sums[7]));
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

typedef struct {
    const char *first;
    int64_t size;
} Text;

static const Text NONE = {"", 0};

static Text line(const char *first)
{
    Text found = {first, 0};
    while (first[found.size] != '\n') found.size++;
    return found;
}

static uint64_t mixed(uint64_t hash, Text part)
{
    for (int64_t c = 0; c < part.size; c++) hash = (hash ^ (uint8_t)part.first[c]) * 1099511628211u;
    return hash;
}

/* A name that is made of two parts. */
typedef struct {
    Text head, tail;
    uint64_t hash;
} Name;

static Name name_of(Text head, Text tail)
{
    const uint64_t hash = mixed(mixed(14695981039346656037u, head), tail);
    return (Name){head, tail, hash ^ hash >> 29};
}

static int is_name(const Name *name, const Names *names, int64_t start)
{
    const Text head = name->head, tail = name->tail;
    const int64_t size = head.size + tail.size;
    const char *known = names->text + start;
    return start + size < names->size && known[size] == '\n' && !memcmp(known, head.first, (size_t)head.size)
        && !memcmp(known + head.size, tail.first, (size_t)tail.size);
}

/* The slot of a name; where none has it, an empty one that is marked for it. */
static Slot *slot_of(const Names *names, const Name *name)
{
    const uint32_t mark = (uint32_t)(name->hash >> 32);
    int64_t at = (int64_t)(name->hash & (uint64_t)names->last);
    while (names->slots[at].row && !(names->slots[at].mark == mark && is_name(name, names, names->slots[at].start)))
        at = (at + 1) & names->last;
    if (!names->slots[at].row) names->slots[at].mark = mark;
    return names->slots + at;
}

/* The rows of the names of a part of the text; those that the table lacks go into it, the first with the row given. */
static void enter(const Names *names, int64_t start, int64_t stop, int32_t row, int32_t *out)
{
    while (start < stop) {
        const Name name = name_of(NONE, line(names->text + start));
        Slot *slot = slot_of(names, &name);
        if (!slot->row) {
            slot->start = (uint32_t)start;
            slot->row = ++row;
        }
        *out++ = slot->row - 1;
        start += name.tail.size + 1;
    }
}

/* The rows of names that are asked for, one a line; -1 where there is none. */
static void find(const Names *names, const char *asked, int64_t count, int32_t *out)
{
    for (int64_t n = 0; n < count; n++) {
        const Name name = name_of(NONE, line(asked));
        out[n] = slot_of(names, &name)->row - 1;
        asked += name.tail.size + 1;
    }
}

/* Names that wait to be added, so that what memory holds of them is fetched for many at once: that takes longer than all else. */
enum { WAITING = 64, FETCHED = 64 };

typedef struct {
    const Names *names;
    const Rows *rows;
    int32_t count;
    Name each[WAITING];
    float *totals[WAITING];
} Waiting;

/* Adds those that wait, in order. */
static void add_waiting(Waiting *waiting)
{
    const Names *names = waiting->names;
    const Rows *rows = waiting->rows;
    for (int32_t n = 0; n < waiting->count; n++) {
        const Name *name = waiting->each + n;
        const Slot *slot = names->slots + (name->hash & (uint64_t)names->last);
        if (!slot->row) continue;
        __builtin_prefetch(names->text + slot->start);
        for (int64_t at = 0; at < rows->bytes; at += FETCHED) __builtin_prefetch(rows->first + (slot->row - 1) * rows->bytes + at);
    }
    for (int32_t n = 0; n < waiting->count; n++) {
        const int32_t row = slot_of(names, waiting->each + n)->row;
        if (row) add_name(waiting->totals[n], rows, row - 1);
    }
    waiting->count = 0;
}

static void add_later(Waiting *waiting, Row total, Text head, Text tail)
{
    const Name name = name_of(head, tail);
    __builtin_prefetch(waiting->names->slots + (name.hash & (uint64_t)waiting->names->last));
    waiting->each[waiting->count] = name;
    waiting->totals[waiting->count++] = total;
    if (waiting->count == WAITING) add_waiting(waiting);
}

/* Sums of names, which are asked for one a line. numbers: how many sums; of each its place and how many names it has. The rows that
   they go into are zeros. */
static void fill(const int32_t *numbers, Row into, const Rows *rows, const Names *names, const char *asked)
{
    const int64_t columns = rows->steps + rows->more;
    const int32_t sums = *numbers++;
    Waiting waiting = {.names = names, .rows = rows, .count = 0};
    for (int32_t n = 0; n < sums; n++, numbers += 2) {
        Row total = into + (int64_t)numbers[0] * columns;
        for (int32_t left = numbers[1]; left; left--) {
            const Text name = line(asked);
            add_later(&waiting, total, NONE, name);
            asked += name.size + 1;
        }
    }
    add_waiting(&waiting);
}

/* What words add in each role. numbers: how many words, families, parts and roles; how many kinds of names there are, and of each its
   part, the family of its pieces, and how long is what stands before a piece; of each role how many parts it is made of and which; of
   each word its place and how many pieces it has in each family. asked: what stands before pieces, in one; then the pieces, one a line.
   The rows that it goes into are zeros. */
static void spread(const int32_t *numbers, Row into, const Rows *rows, const Names *names, const char *asked)
{
    const int64_t columns = rows->steps + rows->more;
    const int32_t words = numbers[0], families = numbers[1], parts = numbers[2], roles = numbers[3], kinds = numbers[4];
    const int32_t *const each_kind = numbers + 5, *const made = each_kind + 3 * kinds;
    const char *const heads = asked, *firsts[families];
    float sums[parts * columns];
    Waiting waiting = {.names = names, .rows = rows, .count = 0};
    for (int32_t k = 0; k < kinds; k++) asked += each_kind[3 * k + 2];
    numbers = made;
    for (int32_t r = 0; r < roles; r++) numbers += *numbers + 1;
    for (int32_t n = 0; n < words; n++) {
        Row out = into + (int64_t)*numbers++ * roles * columns;
        for (int32_t f = 0; f < families; f++) {
            firsts[f] = asked;
            for (int32_t left = numbers[f]; left; left--) asked += line(asked).size + 1;
        }
        clear(sums, parts * columns);
        Text head = {heads, 0};
        for (const int32_t *kind = each_kind; kind < made; kind += 3) {
            const char *piece = firsts[kind[1]];
            head.size = kind[2];
            for (int32_t left = numbers[kind[1]]; left; left--) {
                const Text tail = line(piece);
                add_later(&waiting, sums + kind[0] * columns, head, tail);
                piece += tail.size + 1;
            }
            head.first += head.size;
        }
        add_waiting(&waiting);
        numbers += families;
        const int32_t *role = made;
        for (int32_t r = 0; r < roles; r++, out += columns, role += *role + 1)
            for (int32_t p = 1; p <= *role; p++) add(out, sums + role[p] * columns, columns);
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

static const float *floats(int64_t address)
{
    return (const float *)(intptr_t)address;
}

static const char *text(int64_t address)
{
    return (const char *)(intptr_t)address;
}

int run(const int32_t *numbers, const int64_t *given, float *out)
{
    const Names names = {(Slot *)(intptr_t)given[1], text(given[2]), given[3], given[4]};
    const Rows rows = {text(given[6]), given[7], given[8], given[9]};
    const char *asked = text(given[5]);
    switch (given[0]) {
    case 0: enter(&names, numbers[0], numbers[1], numbers[2], (int32_t *)out); break;
    case 1: find(&names, asked, numbers[0], (int32_t *)out); break;
    case 2: fill(numbers, out, &rows, &names, asked); break;
    case 3: spread(numbers, out, &rows, &names, asked); break;
    case 4: add_all(out, floats(given[1]), numbers + 1, numbers[0], given[2]); break;
    case 5: score(numbers, out, floats(given[1]), floats(given[2]), floats(given[3]), floats(given[4]), given[5]); break;
    case 6: add_each(numbers, out, floats(given[1]), given[2], given[3]); break;
    case 7: wake(out, numbers[0], floats(given[1]), given[2], given[3]); break;
    case 8: awake(numbers, out, floats(given[1]), given[2], given[3]); break;
    case 9: loud(numbers, out, floats(given[1]), floats(given[2]), given[3], given[4]); break;
    }
    return 0;
}
