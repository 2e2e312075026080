package io.netd;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The house rules: which room may use which, and what lives in one place only. */
class ArchitectureTest {
    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("io.netd");

    /** Each room with the rooms it may use; its own packages and libraries are not listed. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    address  |
                    linux    | address
                    netlink  | address linux
                    cni      | address
                    ipam     | address cni linux
                    firewall | address linux netlink
                    portmap  | address linux netlink cni firewall
                    trace    | address linux netlink
                    plugins  | address linux netlink cni ipam firewall portmap
                    runtime  | address linux
                    engine   | address linux netlink cni ipam firewall portmap trace plugins runtime
                    netctl   |
                    """)
    void roomsUseOnlyTheRoomsBelowThem(String room, String allowed) {
        List<String> packages = new ArrayList<>(List.of("io.netd." + room + ".."));
        if (allowed != null) {
            for (String other : allowed.split(" ")) {
                packages.add("io.netd." + other + "..");
            }
        }
        DescribedPredicate<JavaClass> foreign = JavaClass.Predicates.resideInAPackage("io.netd..")
                .and(DescribedPredicate.not(JavaClass.Predicates.resideInAnyPackage(packages.toArray(String[]::new))));
        noClasses()
                .that()
                .resideInAPackage("io.netd." + room + "..")
                .should()
                .dependOnClassesThat(foreign)
                .because("a room that uses only those below it can be read, tested and replaced alone")
                .check(CLASSES);
    }

    @Test
    void pluginsDoNotKnowEachOther() {
        slices().matching("io.netd.plugins.(*)..")
                .namingSlices("plugin $1")
                .should()
                .notDependOnEachOther()
                .ignoreDependency(
                        JavaClass.Predicates.resideInAPackage("io.netd.plugins.."),
                        JavaClass.Predicates.resideInAPackage("io.netd.plugins.spi.."))
                .because("each network mode can be understood, and left out, without the others")
                .check(CLASSES);
    }

    @Test
    void packagesHaveNoCycles() {
        slices().matching("io.netd.(**)")
                .should()
                .beFreeOfCycles()
                .because("what depends on itself cannot be read from one end")
                .check(CLASSES);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    com.sun.jna..      | io.netd.netlink.jna..  | a move to java.lang.foreign must touch one package
                    jnr..              | io.netd.linux.sys..    | a move to java.lang.foreign must touch one package
                    io.vertx..         | io.netd.daemon..       | below the doors there are no event loops to block
                    io.netty..         | io.netd.daemon..       | below the doors there are no event loops to block
                    picocli..          | io.netd.netctl.. io.netd.daemon | command lines are read at the outermost edge
                    """)
    void librariesHaveOneHome(String library, String homes, String reason) {
        noClasses()
                .that()
                .resideOutsideOfPackages(homes.split(" "))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because(reason)
                .check(CLASSES);
    }

    @Test
    void programsAreStartedInOnePlace() {
        noClasses()
                .that()
                .resideOutsideOfPackage("io.netd.linux.proc..")
                .should()
                .dependOnClassesThat()
                .areAssignableTo(ProcessBuilder.class)
                .orShould()
                .callMethod(Runtime.class, "exec", String.class)
                .because("every program that is started needs a time limit, a bounded output and a reaper")
                .check(CLASSES);
    }

    @Test
    void onlyProgramsPrint() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("io.netd.daemon.Main")
                .and()
                .doNotHaveFullyQualifiedName("io.netd.daemon.OneCall")
                .and()
                .doNotHaveFullyQualifiedName("io.netd.daemon.OneCallTraining")
                .and()
                .doNotHaveFullyQualifiedName("io.netd.daemon.ProcessTerminal")
                .should()
                .accessField(System.class, "out")
                .orShould()
                .accessField(System.class, "err")
                .because("a plugin's standard output is JSON, and the daemon's words go to the log")
                .check(CLASSES);
    }

    @Test
    void nobodySleeps() {
        noClasses()
                .should()
                .callMethodWhere(target(owner(
                                DescribedPredicate.describe("a thread", type -> type.isEquivalentTo(Thread.class))))
                        .and(target(name("sleep"))))
                .because("whoever waits, waits for an event")
                .check(CLASSES);
    }

    @Test
    void nobodyThrowsGenericExceptions() {
        noClasses()
                .should()
                .callConstructorWhere(target(owner(DescribedPredicate.describe(
                                "a generic exception",
                                type -> type.isEquivalentTo(RuntimeException.class)
                                        || type.isEquivalentTo(Exception.class)
                                        || type.isEquivalentTo(Error.class)
                                        || type.isEquivalentTo(Throwable.class))))
                        .and(DescribedPredicate.describe(
                                "not by a subclass",
                                call -> !call.getOrigin().getName().equals("<init>"))))
                .because("whoever catches must be able to tell what happened")
                .check(CLASSES);
    }

    @Test
    void everyPackageIsNullMarked() {
        List<String> unmarked = CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .map(found -> found.getName())
                .sorted()
                .collect(Collectors.toList());
        assertThat(unmarked).as("null is no value past the doors").isEmpty();
    }

    @Test
    void namesSayWhatThingsAre() {
        classes()
                .should()
                .haveSimpleNameNotEndingWith("Manager")
                .andShould()
                .haveSimpleNameNotEndingWith("Helper")
                .andShould()
                .haveSimpleNameNotEndingWith("Util")
                .andShould()
                .haveSimpleNameNotEndingWith("Utils")
                .andShould()
                .haveSimpleNameNotEndingWith("Impl")
                .because("such names fit anything")
                .check(CLASSES);
    }
}
