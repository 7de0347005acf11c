package coldstream.app.evaluate.prequential;

import coldstream.app.Panel;
import coldstream.app.dataset.CacheFolder;
import coldstream.app.dataset.DataSet;
import coldstream.app.evaluate.protocol.Arm;
import coldstream.app.evaluate.protocol.EvaluateOptions;
import coldstream.app.evaluate.protocol.Protocol;
import coldstream.app.evaluate.report.ArmRuns;
import coldstream.app.evaluate.report.EvaluationReport;
import coldstream.app.evaluate.report.ReportFiles;
import coldstream.app.evaluate.report.ReportTable;
import coldstream.app.evaluate.report.RunResult;
import coldstream.app.evaluate.teacher.Teachers;
import coldstream.app.evaluate.worker.Job;
import coldstream.app.evaluate.worker.JobDisplay;
import coldstream.app.evaluate.worker.JobRunner;
import coldstream.app.evaluate.worker.Messages;
import coldstream.app.evaluate.worker.WorkerPool;
import coldstream.domain.Check;
import coldstream.trainer.BuildInfo;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * Every event is predicted, then learnt; the first 20 % are warm-up. Seeds come one after the other, and the files are written
 * after each: what is there when a long run ends early is whole.
 */
public final class PrequentialProtocol implements Protocol {

    private static final double WARM_UP = 0.2;

    private final JobRunner.Factory runners;

    /** Each run in a process of its own. */
    public PrequentialProtocol() {
        this(WorkerPool::ofThisProgram);
    }

    /** Runs done otherwise. */
    public PrequentialProtocol(JobRunner.Factory runners) {
        this.runners = runners;
    }

    @Override
    public String name() {
        return "prequential";
    }

    @Override
    public void check(EvaluateOptions options) {
        options.arms().forEach(arm -> {
            arm.config(0, 0, options.labels());
            StreamLearners.check(arm);
            arm.scoreAge();
            arm.calls();
            Check.check(
                    Teachers.NAMES.contains(arm.teacher()),
                    "teacher must be one of %s, got %s",
                    Teachers.NAMES,
                    arm.teacher());
        });
    }

    @Override
    public int run(EvaluateOptions options, PrintWriter out, PrintWriter err) throws IOException, InterruptedException {
        Panel panel = new Panel(err, options.terminal());
        DataSet dataSet = options.dataSet();
        List<Arm> arms = options.arms();
        try (var folder = new WorkFolder(CacheFolder.of(System.getenv()))) {
            PreparedStream stream = new Preparation(dataSet, options, panel).into(folder.path());
            JobDisplay display =
                    new JobDisplay(panel, arms.size() * options.seeds().size());
            JobRunner workers = runners.of(
                    options.prequential().parallel(arms.size()),
                    options.prequential().workerMemory(),
                    options.prequential().keep());
            String content = stream.contentHash();
            DataSet.Summary seen = new DataSet.Summary(
                    stream.events(), stream.users(), dataSet.summary().items());
            List<JsonNode> results = new ArrayList<>();
            String table = "";
            for (int done = 0; done < options.seeds().size(); done++) {
                results.addAll(workers.run(
                        jobs(options, arms, stream, content, options.seeds().get(done)), display));
                List<Long> seeds = options.seeds().subList(0, done + 1);
                EvaluationReport report = EvaluationReport.of(
                        name(), dataSet.name(), seen, options.labels(), options.limit(), runs(seeds, arms, results));
                ReportFiles.write(report, options);
                table = ReportTable.of(report);
            }
            out.print(table);
            out.flush();
            return 0;
        }
    }

    private static List<Job> jobs(
            EvaluateOptions options, List<Arm> arms, PreparedStream stream, String content, long seed) {
        long warmUp = (long) (WARM_UP * stream.events());
        List<String> differences = Arm.differences(arms);
        List<Job> jobs = new ArrayList<>();
        for (Arm arm : arms) {
            ArmJob job = new ArmJob(
                    stream.folder().toString(),
                    stream.events(),
                    arm.settings(),
                    seed,
                    warmUp,
                    options.labels(),
                    options.prequential().spans(),
                    options.prequential().withinEvents());
            jobs.add(new Job(
                    "%s, seed %d".formatted(arm.describe(differences), seed),
                    ArmJob.KIND,
                    Messages.tree(job),
                    BuildInfo.commit() + content + job.in("")));
        }
        return jobs;
    }

    private static List<ArmRuns> runs(List<Long> seeds, List<Arm> arms, List<JsonNode> results) {
        List<ArmRuns> runs = new ArrayList<>();
        for (int arm = 0; arm < arms.size(); arm++) {
            List<RunResult> ofArm = new ArrayList<>();
            for (int place = arm; place < results.size(); place += arms.size()) {
                ofArm.add(Messages.value(results.get(place), RunResult.class));
            }
            runs.add(new ArmRuns(arms.get(arm), seeds, ofArm));
        }
        return runs;
    }
}
