using Navi.Agent.Projects;
using Navi.Agent.Tests.Support;
using Navi.Agent.Tools;

namespace Navi.Agent.Tests.Projects;

public sealed class CheckDetectorTests
{
    private static string Detect(SourceFixture source)
    {
        using (source)
        {
            var paths = Directory.EnumerateFiles(source.Path, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(source.Path, f)).Where(p => !p.StartsWith(".git/", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToList();
            return string.Join('\n', CheckDetector.Detect(new ProjectTree(new PathGuard(source.Path), paths)).Select(c => $"{c.Directory}|{c.Lint}|{c.Format}|{c.Evidence}"));
        }
    }

    [Theory]
    [InlineData("package.json", "{\"scripts\": {\"lint\": \"eslint .\", \"format\": \"prettier -w .\", \"typecheck\": \"tsc\"}}", "||npm run format|package.json (script format)\n|npm run lint||package.json (script lint)\n|npm run typecheck||package.json (script typecheck)")]
    [InlineData("package.json", "{\"scripts\": {\"test\": \"x\"}}", "")]
    [InlineData("package.json", "not json", "")]
    [InlineData("go.mod", "module x\n", "|go vet ./...|gofmt -l -w .|go.mod (tools of the language)")]
    [InlineData("Cargo.toml", "[package]\n", "|cargo clippy --offline -- -D warnings|cargo fmt|Cargo.toml (tools of the language)")]
    [InlineData("vendor/x/Makefile", "fmt:\n\ttrue\n", "")]
    [InlineData("Makefile", "lint := x\nfmt: a\n\ttrue\n", "||make fmt|Makefile (target fmt)")]
    public void Detect_Manifest_GivesWhatItAsksFor(string file, string content, string expected) => Assert.Equal(expected, Detect(new SourceFixture().With(file, content)));

    [Theory]
    [InlineData("pyproject.toml", "[tool.ruff]\nline-length = 100\n[tool.black]\n[tool.mypy]\n", "|ruff check .|ruff format .|pyproject.toml\n|black --check .|black .|pyproject.toml (black)\n|mypy .||pyproject.toml (mypy)")]
    [InlineData(".flake8", "[flake8]\n", "|flake8 .||.flake8")]
    [InlineData("requirements.txt", "ruff\n", "")]
    public void Detect_Python_GivesWhatItIsSetUpFor(string file, string content, string expected) => Assert.Equal(expected, Detect(new SourceFixture().With("a.py", "x = 1\n").With("setup.py", "\n").With(file, content)));

    [Fact]
    public void Detect_DotNet_NeedsRules()
    {
        Assert.Equal("", Detect(new SourceFixture().With("src/A.csproj", "<Project />")));
        Assert.Equal("src|dotnet format A.csproj --verify-no-changes|dotnet format A.csproj|.editorconfig", Detect(new SourceFixture().With("src/A.csproj", "<Project />").With(".editorconfig", "root = true\n")));
    }
}
