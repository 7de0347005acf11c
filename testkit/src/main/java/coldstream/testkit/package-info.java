/** What tests share: hand-written fakes, contracts that fakes and adapters both keep, and fixtures. */
@NullMarked
package coldstream.testkit;

import org.jspecify.annotations.NullMarked;
