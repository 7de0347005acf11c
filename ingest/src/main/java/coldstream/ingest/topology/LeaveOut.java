package coldstream.ingest.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.errors.ErrorHandlerContext;
import org.apache.kafka.streams.errors.ProcessingExceptionHandler;
import org.apache.kafka.streams.errors.ProductionExceptionHandler;
import org.apache.kafka.streams.processor.api.Record;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last resort, so that no record stops the stream: one that makes a step fail goes to the dead letters with the failure,
 * one that is too large for its topic is left out with an error in the log. What fails for all records alike, such as a full
 * disk or a broker that is away, still stops the thread, and a new one starts from the last commit.
 */
public final class LeaveOut implements ProcessingExceptionHandler, ProductionExceptionHandler {

    /** Configuration: topic for what makes a step fail. */
    public static final String TOPIC_CONFIG = "coldstream.dead.letter.topic";

    private static final Logger LOG = LoggerFactory.getLogger(LeaveOut.class);
    private static final String STACKTRACE = "__streams.errors.stacktrace";

    private String topic = "";

    @Override
    public void configure(Map<String, ?> configs) {
        topic = String.valueOf(configs.get(TOPIC_CONFIG));
    }

    @Override
    public ProcessingExceptionHandler.Response handleError(
            ErrorHandlerContext context, Record<?, ?> record, Exception failure) {
        if (failure instanceof KafkaException) {
            return ProcessingExceptionHandler.Response.fail();
        }
        log(context, "step failed, record is in the dead letters", failure);
        return ProcessingExceptionHandler.Response.resume(List.of(deadLetter(context, failure)));
    }

    @Override
    public ProductionExceptionHandler.Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception failure) {
        if (failure instanceof RecordTooLargeException) {
            log(context, "record is too large for " + record.topic() + " and left out", failure);
            return ProductionExceptionHandler.Response.resume();
        }
        return ProductionExceptionHandler.Response.fail();
    }

    private ProducerRecord<byte[], byte[]> deadLetter(ErrorHandlerContext context, Exception failure) {
        Headers headers = new RecordHeaders(context.headers());
        headers.add(DeadLetters.EXCEPTION, failure.getClass().getName().getBytes(UTF_8));
        headers.add(DeadLetters.MESSAGE, String.valueOf(failure.getMessage()).getBytes(UTF_8));
        headers.add(STACKTRACE, stackTrace(failure).getBytes(UTF_8));
        headers.add(DeadLetters.TOPIC, String.valueOf(context.topic()).getBytes(UTF_8));
        headers.add(DeadLetters.PARTITION, Integer.toString(context.partition()).getBytes(UTF_8));
        headers.add(DeadLetters.OFFSET, Long.toString(context.offset()).getBytes(UTF_8));
        return new ProducerRecord<>(topic, null, null, context.sourceRawKey(), context.sourceRawValue(), headers);
    }

    private static String stackTrace(Exception failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }

    private static void log(ErrorHandlerContext context, String what, Exception failure) {
        LOG.atError()
                .addKeyValue("topic", context.topic())
                .addKeyValue("partition", context.partition())
                .addKeyValue("offset", context.offset())
                .addKeyValue("step", context.processorNodeId())
                .setCause(failure)
                .log(what);
    }
}
