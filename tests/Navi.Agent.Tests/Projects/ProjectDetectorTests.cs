using Navi.Agent.Projects;
using Navi.Agent.Tests.Support;
using Navi.Agent.Tools;

namespace Navi.Agent.Tests.Projects;

public sealed class ProjectDetectorTests
{
    [Theory]
    [InlineData("Python  python3 -m unittest discover", "test_a.py:import unittest")]
    [InlineData("Python  python3 -m unittest discover -s tests", "a.py:", "tests/test_a.py:import unittest")]
    [InlineData("Python  python3 -m unittest discover", "pkg/__init__.py:", "pkg/test_a.py:import unittest")]
    [InlineData("Python  python3 -m pytest -q", "pytest.ini:", "tests/test_a.py:import pytest")]
    [InlineData("Python  none", "setup.py:", "a.py:")]
    [InlineData("Python back python3 -m unittest discover", "web/readme.txt:", "back/requirements.txt:", "back/test_a.py:import unittest")]
    [InlineData("Node  npm test", "package.json:{\"scripts\":{\"test\":\"jest\"}}")]
    [InlineData("Node  none", "package.json:{\"scripts\":{\"test\":\"echo \\\"Error: no test specified\\\" && exit 1\"}}")]
    [InlineData("Node  node --test", "package.json:{}", "a.test.js:import test from 'node:test'")]
    [InlineData("Node  node --test", "test/a.js:require('node:test')")]
    [InlineData("Node  npm test", "package.json:{\"scripts\":{\"test\":\"jest\"}}", "packages/a/package.json:{\"scripts\":{\"test\":\"jest\"}}")]
    [InlineData("DotNet  dotnet test App.sln --nologo", "App.sln:", "src/A.csproj:", "tests/T.csproj:<PackageReference Include=\"xunit\"/>")]
    [InlineData("DotNet  dotnet test --project T.csproj", "T.csproj:xunit", "global.json:{\"test\":{\"runner\":\"Microsoft.Testing.Platform\"}}")]
    [InlineData("DotNet src none", "src/A.csproj:<Project/>")]
    [InlineData("Go  go test -v ./...", "go.mod:module x", "a_test.go:")]
    [InlineData("Go  none", "go.mod:module x", "a.go:")]
    [InlineData("Rust  cargo test --offline", "Cargo.toml:", "src/lib.rs:#[test]", "member/Cargo.toml:")]
    [InlineData("Java  mvn -o -B test", "pom.xml:", "src/test/java/A.java:")]
    [InlineData("Java  sh ./gradlew --offline --console=plain test", "build.gradle:", "gradlew:", "src/test/java/A.java:")]
    [InlineData("Make  make test", "Makefile:all: x\n\ntest: all\n\trun")]
    [InlineData("", "Makefile:tests := 1\ntest := 2")]
    [InlineData("", "vendor/package.json:{\"scripts\":{\"test\":\"jest\"}}")]
    [InlineData("", "README.md:hello")]
    public void Detect_Repository_FindsWhatItReallyHas(string expected, params string[] files)
    {
        using var directory = new TempDirectory();
        foreach (var file in files)
        {
            var colon = file.IndexOf(':', StringComparison.Ordinal);
            Directory.CreateDirectory(Path.GetDirectoryName(directory[file[..colon]])!);
            File.WriteAllText(directory[file[..colon]], file[(colon + 1)..]);
        }

        var paths = files.Select(f => f.Split(':')[0]).Order(StringComparer.Ordinal).ToList();
        var found = ProjectDetector.Detect(new ProjectTree(new PathGuard(directory.Path), paths));
        Assert.Equal(expected, string.Join('\n', found.Select(p => $"{p.Kind} {p.Directory} {p.TestCommand ?? "none"}")));
    }
}
