package dev.monarch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Holds the POMs to what a release needs: Maven Central's requirements
 * (https://central.sonatype.org/publish/requirements/), the same version everywhere, and a BOM with every module.
 */
class PomTests {

    private static final Path ROOT = Path.of("..");

    private static final Pom PARENT = Pom.of(".");

    private static final Pom BOM = Pom.of("monarch-bom");

    static List<Pom> modules() {
        return PARENT.texts("/project/modules/module").stream().map(Pom::of).toList();
    }

    static List<Pom> released() {
        return modules().stream().filter(Pom::isReleased).toList();
    }

    static List<Pom> releasedJars() {
        return released().stream().filter(module -> !module.isBom()).toList();
    }

    @Test
    void theseModulesAreReleased() {
        assertThat(released())
                .extracting(Pom::name)
                .contains("monarch-bom", "monarch-core", "monarch-spring-boot-starter", "monarch-rewrite")
                .doesNotContain("monarch-sample-app", "monarch-test-servers", "monarch-benchmarks");
    }

    @ParameterizedTest
    @MethodSource("released")
    void eachReleasedModuleHasADescription(Pom module) {
        assertThat(module.text("/project/name")).startsWith("Monarch ");
        assertThat(module.text("/project/description")).endsWith(".");
    }

    @ParameterizedTest
    @MethodSource("withoutParent")
    void inheritedElementsExist(Pom pom) {
        assertThat(pom.text("/project/name")).isNotBlank();
        assertThat(pom.text("/project/description")).isNotBlank();
        assertThat(pom.text("/project/licenses/license/name")).isEqualTo("Apache License, Version 2.0");
        assertThat(pom.text("/project/licenses/license/url")).startsWith("https://www.apache.org/");
        assertThat(pom.text("/project/organization/name")).isEqualTo("Monarch");
        assertThat(pom.text("/project/developers/developer/organization")).isEqualTo("Monarch");
        assertThat(pom.text("/project/properties/project.build.outputTimestamp"))
                .isEqualTo(PARENT.text("/project/properties/project.build.outputTimestamp"))
                .isNotBlank();
    }

    /** The repository does not know its public address, so a release writes it into copies of the POMs. */
    @Test
    void aReleaseWritesItsAddressesIntoEachPublishedPom(@TempDir Path folder) throws IOException, InterruptedException {
        List<String> published = Stream.concat(Stream.of(PARENT), released().stream())
                .map(Pom::name)
                .toList();
        for (String name : published) {
            Path copy = folder.resolve(name).resolve("pom.xml");
            Files.createDirectories(copy.getParent());
            Files.copy(ROOT.resolve(name).resolve("pom.xml"), copy);
        }

        assertThat(run(
                        "addresses",
                        folder.toString(),
                        "https://example.com/monarch",
                        "https://example.org/monarch.git"))
                .isEqualTo(new Run(0, ""));

        assertThat(published).hasSizeGreaterThan(5).allSatisfy(name -> {
            Pom pom = Pom.in(folder, name);
            assertThat(pom.text("/project/url")).isEqualTo("https://example.com/monarch");
            assertThat(pom.text("/project/scm/url")).isEqualTo("https://example.org/monarch");
            for (String connection : List.of("connection", "developerConnection")) {
                assertThat(pom.text("/project/scm/" + connection)).isEqualTo("scm:git:https://example.org/monarch.git");
            }
        });
        assertThat(run("addresses", folder.toString(), "example.com", "https://example.org/monarch.git"))
                .isEqualTo(
                        new Run(
                                2,
                                "'example.com' is no address for the POMs. Give one that begins with https:// and has no query."));
    }

    @Test
    void aReleaseWithoutItsAddressesNamesWhatIsMissing() throws IOException, InterruptedException {
        String both = "--url with the page of the project, --scm with the address from which Git clones it";

        assertThat(run("release", "0.1.0"))
                .isEqualTo(new Run(
                        2,
                        "A release to Maven Central needs " + both
                                + ", MAVEN_GPG_KEY with the key that signs. Nothing was built."));
        assertThat(run("release", "0.1.0", "--to", "https://repository.example.com/releases"))
                .isEqualTo(new Run(
                        2,
                        "A release to https://repository.example.com/releases needs " + both + ". Nothing was built."));
        assertThat(run("release", "0.1.0", "--to", "file:///nowhere", "--url", "https://example.com/monarch"))
                .isEqualTo(new Run(2, "--url and --scm belong together. Give both. Nothing was built."));
    }

    /** How a script ended, and what it printed. */
    private record Run(int exit, String output) {}

    private static Run run(String script, String... arguments) throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(List.of(ROOT.resolve(".ci").resolve(script).toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("MAVEN_GPG_KEY");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output.strip());
    }

    static List<Pom> withoutParent() {
        return List.of(PARENT, BOM);
    }

    @Test
    void theBomHasEveryReleasedJarAndNothingElse() {
        assertThat(BOM.texts("//dependencyManagement//artifactId"))
                .containsExactlyInAnyOrderElementsOf(
                        releasedJars().stream().map(Pom::artifact).toList());
        assertThat(BOM.texts("//dependencyManagement//version")).containsOnly("${project.version}");
    }

    /** With a parent, it would bring the parent's versions of everything else into an application. */
    @Test
    void theBomHasNoParent() {
        assertThat(BOM.texts("/project/parent")).isEmpty();
    }

    @Test
    void allHaveTheSameVersion() {
        String version = PARENT.text("/project/version");
        assertThat(BOM.text("/project/version")).isEqualTo(version);
        assertThat(Stream.concat(
                        modules().stream().filter(module -> !module.isBom()), Stream.of(Pom.of(".ci/linkage"))))
                .allSatisfy(module ->
                        assertThat(module.text("/project/parent/version")).isEqualTo(version));
    }

    @Test
    void eachReleasedJarIsAModuleWithItsOwnName() {
        assertThat(releasedJars())
                .extracting(module -> module.text("//Automatic-Module-Name"))
                .allMatch(name -> name.startsWith("dev.monarch."))
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("releasedJars")
    void releasedJarsDependOnlyOnReleasedOnes(Pom module) {
        List<String> needed =
                module.texts("/project/dependencies/dependency[groupId='dev.monarch'][not(scope='test')]/artifactId");

        assertThat(releasedJars()).extracting(Pom::artifact).containsAll(needed);
    }

    @Test
    void aReleaseHasSourcesJavadocAndAListOfItsComponents() {
        assertThat(PARENT.texts("//profile[id='release']//plugin/artifactId"))
                .contains("maven-source-plugin", "maven-javadoc-plugin", "cyclonedx-maven-plugin");
    }

    @Test
    void theBomIsSignedAndPublishedLikeTheOthers() {
        for (String profile : List.of("sign", "central")) {
            for (String part : List.of("artifactId", "version", "configuration")) {
                String path = "//profile[id='" + profile + "']//plugin/" + part;
                assertThat(BOM.text(path)).isNotBlank().isEqualTo(PARENT.text(path));
            }
        }
    }

    /** The POM of a module. */
    record Pom(String name, Document xml) {

        static Pom of(String name) {
            return in(ROOT, name);
        }

        static Pom in(Path folder, String name) {
            try {
                return new Pom(
                        name,
                        DocumentBuilderFactory.newInstance()
                                .newDocumentBuilder()
                                .parse(folder.resolve(name).resolve("pom.xml").toFile()));
            } catch (Exception e) {
                throw new IllegalStateException("Cannot read the POM of " + name, e);
            }
        }

        String artifact() {
            return text("/project/artifactId");
        }

        boolean isReleased() {
            return !text("/project/properties/maven.deploy.skip").equals("true");
        }

        boolean isBom() {
            return text("/project/packaging").equals("pom");
        }

        String text(String path) {
            return String.join(" ", texts(path));
        }

        List<String> texts(String path) {
            try {
                XPath xpath = XPathFactory.newInstance().newXPath();
                NodeList nodes = (NodeList) xpath.evaluate(path, xml, XPathConstants.NODESET);
                List<String> texts = new ArrayList<>();
                for (int i = 0; i < nodes.getLength(); i++) {
                    texts.add(nodes.item(i).getTextContent().strip());
                }
                return texts;
            } catch (Exception e) {
                throw new IllegalStateException(path, e);
            }
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
