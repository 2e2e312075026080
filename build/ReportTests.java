import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Names every skipped test of the last build with its reason, and counts all tests. Run from the root: java build/ReportTests.java */
public final class ReportTests {
    private int run;
    private int failed;
    private final List<String> skipped = new ArrayList<>();

    public static void main(String[] arguments) throws Exception {
        ReportTests report = new ReportTests();
        for (Path file : reports()) {
            report.read(file);
        }
        report.skipped.forEach(System.out::println);
        int passed = report.run - report.failed - report.skipped.size();
        System.out.printf("%d passed, %d failed, %d skipped%n", passed, report.failed, report.skipped.size());
    }

    private static List<Path> reports() throws IOException {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("."), ReportTests::mayHaveReports)) {
            for (Path folder : folders) {
                try (Stream<Path> files = Files.walk(folder)) {
                    files.filter(ReportTests::isReport).forEach(found::add);
                }
            }
        }
        return found;
    }

    /** Of what changes while this reads, nothing is read: git's folder, and the copy whose tests ./verify runs meanwhile. */
    private static boolean mayHaveReports(Path folder) throws IOException {
        return Files.isDirectory(folder) && !Files.isHidden(folder) && !folder.endsWith("target");
    }

    private static boolean isReport(Path file) {
        return file.toString().matches(".*/target/(surefire|failsafe)-reports/TEST-.*\\.xml");
    }

    private void read(Path file) throws Exception {
        NodeList cases = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
            count((Element) cases.item(i));
        }
    }

    private void count(Element testCase) {
        run++;
        if (testCase.getElementsByTagName("failure").getLength() + testCase.getElementsByTagName("error").getLength()
                > 0) {
            failed++;
        }
        NodeList skips = testCase.getElementsByTagName("skipped");
        if (skips.getLength() > 0) {
            skipped.add("skipped: " + testCase.getAttribute("classname") + "." + testCase.getAttribute("name") + ": "
                    + reason((Element) skips.item(0)));
        }
    }

    /** An annotation's reason is an attribute, that of a failed assumption the first line of its trace. */
    private static String reason(Element skip) {
        String text = skip.getAttribute("message").isEmpty() ? skip.getTextContent() : skip.getAttribute("message");
        return text.strip().lines().findFirst().orElse("").replaceFirst("^[\\w.]+: Assumption failed: ", "");
    }
}
