package coldstream.monitor.alarm;

class InMemoryAlertLogTest extends AlertLogContract {

    private final AlertLog log = new InMemoryAlertLog();

    @Override
    AlertLog open() {
        return log;
    }
}
