namespace Navi.Agent.Projects;

/// <summary>Go, Rust and Java: one manifest at the top, one command for everything below.</summary>
internal static class CompiledProjects
{
    public static IEnumerable<DetectedProject> Go(ProjectTreeView tree) =>
        from manifest in tree.Named("go.mod")
        let directory = ProjectTree.Parent(manifest)
        let tested = tree.Below(directory).Any(p => p.EndsWith("_test.go", StringComparison.Ordinal))
        select new DetectedProject(ProjectKind.Go, directory, "go build ./...", tested ? "go test -v ./..." : null, [manifest]);

    public static IEnumerable<DetectedProject> Rust(ProjectTreeView tree) =>
        from manifest in tree.Topmost(tree.Named("Cargo.toml"))
        let directory = ProjectTree.Parent(manifest)
        let tested = tree.Below(directory).Any(p => p.EndsWith(".rs", StringComparison.Ordinal) && (tree.Read(p) ?? "") is var text
            && (text.Contains("#[test]", StringComparison.Ordinal) || text.Contains("::test]", StringComparison.Ordinal)))
        select new DetectedProject(ProjectKind.Rust, directory, "cargo build --offline", tested ? "cargo test --offline" : null, [manifest]);

    public static IEnumerable<DetectedProject> Java(ProjectTreeView tree) =>
        from manifest in tree.Topmost(tree.Named("pom.xml", "build.gradle", "build.gradle.kts"))
        let directory = ProjectTree.Parent(manifest)
        let maven = manifest.EndsWith("pom.xml", StringComparison.Ordinal)
        where maven || !tree.Has(ProjectTree.Join(directory, "pom.xml"))
        let tested = tree.Below(directory).Any(p => p.Contains("src/test/", StringComparison.Ordinal))
        let gradle = tree.Has(ProjectTree.Join(directory, "gradlew")) ? "sh ./gradlew" : "gradle"
        let build = maven ? "mvn -o -B -DskipTests package" : $"{gradle} --offline --console=plain assemble"
        let test = maven ? "mvn -o -B test" : $"{gradle} --offline --console=plain test"
        select new DetectedProject(ProjectKind.Java, directory, build, tested ? test : null, [manifest]);
}
