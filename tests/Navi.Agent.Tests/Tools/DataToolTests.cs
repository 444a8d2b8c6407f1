using Navi.Agent.Tests.Support;

namespace Navi.Agent.Tests.Tools;

public sealed class DataToolTests
{
    private static SourceFixture Source() => new SourceFixture()
        .With("a.json", "{ // comment\n \"when\": \"2024-01-02T03:04:05Z\", \"big\": 12345678901234567.5, \"items\": [{\"name\": \"x\", \"price\": 5}, {\"name\": \"y\", \"price\": 20}] }")
        .With("broken.json", "{\"a\": 1,\n \"b\": }")
        .With("slow.json", "[{\"a\": \"" + new string('a', 60) + "!\"}]")
        .With("deep.json", string.Concat(Enumerable.Repeat("[", 5000)) + string.Concat(Enumerable.Repeat("]", 5000)))
        .With("image.json", [1, 0, 2])
        .With("good.yaml", "a: &x 1\nb: *x\n---\n- a: 1\n- a: 2\n")
        .With("twice.yml", "a: 1\nb:\n  c: 1\n  c: 2\na: 3\n")
        .With("broken.yaml", "a: [1, 2\nb: 3\n")
        .With("alias.yaml", "a: *none\n").With("deep.yaml", new string('[', 500_000)).With("list.json", "[{\"a\": 1}]").With("huge.json", "{\"huge\": 1e300}");

    [Theory]
    [InlineData("$.items[1].name", "$.items[1].name: \"y\"\n")]
    [InlineData("$..items[?(@.price > 10)].name", "$.items[1].name: \"y\"\n")]
    [InlineData("$.when", "$.when: \"2024-01-02T03:04:05Z\"\n")]
    [InlineData("$.big", "$.big: 12345678901234567.5\n")]
    [InlineData("$.items[*].name", "$.items[0].name: \"x\"\n$.items[1].name: \"y\"\n")]
    [InlineData("$.none", "Nothing in 'a.json' is at $.none.")]
    public async Task ReadJsonPath_Path_GivesItsValues(string path, string expected)
    {
        using var bench = await ToolBench.OfAsync(Source());
        var result = await bench.CallAsync("read_json_path", new { path = "a.json", json_path = path });
        Assert.False(result.IsError, result.Content);
        Assert.Equal(expected, result.Content);
    }

    [Theory]
    [InlineData("list.json", "$[0].a", "$[0].a: 1\n")]
    [InlineData("huge.json", "$.huge", "$.huge: 1E+300\n")]
    public async Task ReadJsonPath_OddDocuments_AreRead(string path, string jsonPath, string expected)
    {
        using var bench = await ToolBench.OfAsync(Source());
        Assert.Equal(expected, (await bench.CallAsync("read_json_path", new { path, json_path = jsonPath })).Content);
    }

    [Theory]
    [InlineData("a.json", "$.items[", "json_path: got '$.items['; expected a JSONPath")]
    [InlineData("broken.json", "$", "'broken.json' can't be read as JSON: line 2, column")]
    [InlineData("a.json", " $", "expected a JSONPath")]
    [InlineData("a.json", "$[?(", "expected a JSONPath")]
    [InlineData("a.json", "$..*..*..*", "at most two '..'")]
    [InlineData("slow.json", "$[?(@.a =~ /(a+)+$/)]", "takes too long")]
    [InlineData("deep.json", "$", "can't be read as JSON")]
    [InlineData("image.json", "$", "is binary")]
    [InlineData("none.json", "$", "does not exist")]
    public async Task ReadJsonPath_BadInput_SaysWhatIsRight(string path, string jsonPath, string message)
    {
        using var bench = await ToolBench.OfAsync(Source());
        var result = await bench.CallAsync("read_json_path", new { path, json_path = jsonPath });
        Assert.True(result.IsError);
        Assert.Contains(message, result.Content, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("good.yaml", "1 file with 2 documents: no problem found.")]
    [InlineData("twice.yml", "twice.yml:4:3: the key 'c' stands twice\ntwice.yml:5:1: the key 'a' stands twice")]
    [InlineData("broken.yaml", "broken.yaml:1:6: a collection that begins before this place does not end")]
    [InlineData("alias.yaml", "alias.yaml:1:4: ")]
    [InlineData("deep.yaml", "deep.yaml:1:201: more than 200 collections are inside each other")]
    public async Task ValidateYaml_Files_NamesLineAndColumn(string glob, string expected)
    {
        using var bench = await ToolBench.OfAsync(Source());
        var result = await bench.CallAsync("validate_yaml", new { glob });
        Assert.False(result.IsError);
        Assert.StartsWith(expected, result.Content, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ValidateYaml_NoFileOrAll_SaysSo()
    {
        using var bench = await ToolBench.OfAsync(Source());
        Assert.Contains("twice.yml:4:3", (await bench.CallAsync("validate_yaml", new { })).Content, StringComparison.Ordinal);
        var none = await bench.CallAsync("validate_yaml", new { glob = "*.toml" });
        Assert.True(none.IsError);
        Assert.Contains("matches no file", none.Content, StringComparison.Ordinal);
    }
}
