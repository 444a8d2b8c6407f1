using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Navi.Agent.Context.Arguments;

namespace Navi.Agent.Tests.Context;

public sealed class JsonRepairTests
{
    [Theory]
    [InlineData("{\"path\": \"a\",}", "{\"path\":\"a\"}", "trailing_comma")]
    [InlineData("{\"paths\": [\"a\", \"b\",],}", "{\"paths\":[\"a\",\"b\"]}", "trailing_comma")]
    [InlineData("{'path': 'a \"b\"'}", "{\"path\":\"a \\\"b\\\"\"}", "single_quotes")]
    [InlineData("{\"text\": \"one\ntwo\"}", "{\"text\":\"one\\ntwo\"}", "raw_line_break")]
    [InlineData("```json\n{\"path\": \"a\"}\n```", "{\"path\": \"a\"}", "fence")]
    [InlineData("\"{\\\"path\\\": \\\"a\\\"}\"", "{\"path\": \"a\"}", "encoded_twice")]
    [InlineData("{path: \"a\", deep: True, none: None}", "{\"path\":\"a\",\"deep\":true,\"none\":null}", "bare_name, python_literal")]
    [InlineData("{\"path\": \"a\"", "{\"path\":\"a\"}", "cut")]
    [InlineData("{\"a\": [{\"b\": 1}", "{\"a\":[{\"b\":1}]}", "cut")]
    public void Read_OneMeaning_IsMended(string text, string expected, string repairs)
    {
        var read = JsonRepair.Read(text);

        Assert.Equal((expected, repairs), (read.Json, string.Join(", ", read.Repairs)));
        Assert.Equal(repairs.Contains("cut", StringComparison.Ordinal), read.Cut);
    }

    [Theory]
    [InlineData("{\"path\": \"src/ma", "breaks off in the middle of a string")]
    [InlineData("{\"line\": 12", "breaks off in the middle of a value")]
    [InlineData("{\"path\": ", "breaks off in front of a value")]
    [InlineData("{'text': 'it's'}", "expected")]
    [InlineData("{\"a\": 1, a: 2}", "twice")]
    [InlineData("{\"a\": \"\\d\"}", "no escape")]
    [InlineData("{\"a\": 1} {\"b\": 2}", "follows")]
    [InlineData("{\"a\": maybe}", "no value")]
    [InlineData("{\"a\": \"x\" \"b\": 1}", "was expected")]
    [InlineData("[1]", "an object was expected")]
    [InlineData("", "nothing was there")]
    public void Read_SeveralMeaningsOrLoss_IsRefused(string text, string problem)
    {
        var read = JsonRepair.Read(text);

        Assert.Null(read.Json);
        Assert.Contains(problem, read.Problem, StringComparison.Ordinal);
    }

    [Property(MaxTest = 300)]
    public void Read_ValidObject_ComesBackByteForByte(Dictionary<string, string> members, int[] numbers, bool indented)
    {
        var json = JsonSerializer.Serialize(new { members = members.Where(m => m.Key is not null), numbers }, indented ? Indented : JsonSerializerOptions.Default);

        var read = JsonRepair.Read(json);

        Assert.Equal(json, read.Json);
        Assert.Empty(read.Repairs);
        Assert.False(read.Cut);
    }

    [Property(MaxTest = 500)]
    public Property Read_AnythingDamaged_ParsesOrSaysWhy() => Prop.ForAll(Damaged.ToArbitrary(), text =>
    {
        var read = JsonRepair.Read(text);
        if (read.Json is null)
            Assert.NotEmpty(read.Problem!);
        else
            Assert.Equal(JsonValueKind.Object, JsonDocument.Parse(read.Json).RootElement.ValueKind);
    });

    // Whatever is lost at the end: no member that is returned may have another value than it had.
    [Property(MaxTest = 500)]
    public Property Read_CutAnywhere_NeverChangesAMember() => Prop.ForAll(Gen.Choose(0, Whole.Length).ToArbitrary(), length =>
    {
        if (JsonRepair.Read(Whole[..length]).Json is not { } json)
            return;
        var expected = JsonDocument.Parse(Whole).RootElement;
        foreach (var member in JsonDocument.Parse(json).RootElement.EnumerateObject().Where(m => m.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True))
            Assert.Equal(expected.GetProperty(member.Name).GetRawText(), member.Value.GetRawText());
    });

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private const string Whole = """{"path":"src/main.py","line":1234,"deep":true,"text":"a \\n b","steps":[{"text":"x"},{"text":"y"}]}""";

    private static Gen<string> Damaged =>
        from parts in Gen.Elements("{", "}", "[", "]", "\"", "'", ",", ":", "a", "\\", "\n", "1", "true", "None", "\"a\":", "'b':", "```", "{\"x\":1}").ListOf()
        select "{" + string.Concat(parts);
}
