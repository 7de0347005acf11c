package coldstream.console.observe;

import static coldstream.domain.Check.check;

import java.util.ArrayList;
import java.util.List;

/**
 * Points in the order of their times, never more than so many: when it is full, every second point of its older half goes, so
 * that it reaches back to its beginning and is coarser there.
 *
 * <p>Adding a newest point takes constant time on average. Not thread-safe.
 */
final class Series<P extends Timed> {

    private final int capacity;
    private final List<P> points = new ArrayList<>();

    /** @param capacity most points, at least 4 */
    Series(int capacity) {
        check(capacity >= 4, "a series must have room for at least 4 points, got %d", capacity);
        this.capacity = capacity;
    }

    /** Takes the place its time gives it; behind those of the same time. */
    void add(P point) {
        int place = points.size();
        while (place > 0 && points.get(place - 1).time().isAfter(point.time())) {
            place--;
        }
        points.add(place, point);
        if (points.size() > capacity) {
            thin();
        }
    }

    private void thin() {
        int half = points.size() / 2;
        List<P> kept = new ArrayList<>(points.size());
        for (int old = 0; old < half; old += 2) {
            kept.add(points.get(old));
        }
        kept.addAll(points.subList(half, points.size()));
        points.clear();
        points.addAll(kept);
    }

    /** All points or, of more than {@code most}, so many at even places; the oldest and the newest are among them. */
    List<P> thinned(int most) {
        int size = points.size();
        if (size <= most) {
            return List.copyOf(points);
        }
        if (most <= 1) {
            return points.subList(size - 1, size).stream().toList();
        }
        List<P> some = new ArrayList<>(most);
        for (int k = 0; k < most; k++) {
            some.add(points.get((int) Math.round((double) k * (size - 1) / (most - 1))));
        }
        return some;
    }
}
