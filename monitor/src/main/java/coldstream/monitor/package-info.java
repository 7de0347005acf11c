/**
 * Says of streams of numbers when they change: signals, what each is compared with, and alarms that open and close. Pure
 * functions of what they are given; no clock, no Kafka.
 */
@NullMarked
package coldstream.monitor;

import org.jspecify.annotations.NullMarked;
