package coldstream.testkit.chat;

/** What the endpoint does about a call; {@link ChatReplies} has the usual ones. */
@FunctionalInterface
public interface ChatReply {

    ChatAnswer to(ChatCall call);
}
