/**
 * A chat model to test against: an HTTP endpoint that speaks the OpenAI chat completions protocol and misbehaves on command.
 *
 * <p>{@link coldstream.testkit.chat.ChatEndpoint} is the server, {@link coldstream.testkit.chat.ChatReplies} what it can be
 * told to do, {@link coldstream.testkit.chat.ChatMind} how it thinks when it behaves.
 */
@NullMarked
package coldstream.testkit.chat;

import org.jspecify.annotations.NullMarked;
