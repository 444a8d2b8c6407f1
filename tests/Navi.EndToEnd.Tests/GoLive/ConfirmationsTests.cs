using Navi.Cli;
using Navi.Cli.GoLive;

namespace Navi.EndToEnd.Tests.GoLive;

public sealed class ConfirmationsTests : IDisposable
{
    private static readonly DateOnly Today = new(2026, 3, 6);
    private readonly string file = Path.GetTempFileName();

    [Fact]
    public void Read_WholeEntry_NamesWhoConfirmedWhatAndWhen()
    {
        var confirmations = Read("""[{"item": "on-call", "by": "Ada Example", "on": "2026-03-01", "note": "two people"}]""");
        Assert.Equal("confirmed by Ada Example on 2026-03-01: two people", confirmations.Of("on-call"));
        Assert.Null(confirmations.Of("staging"));
    }

    [Theory]
    [InlineData("{}", "JSON array")]
    [InlineData("[", "JSON array")]
    [InlineData("null", "null")]
    [InlineData("[null]", "entry 1: it is null")]
    [InlineData("""[{"by": "a", "on": "2026-03-01", "note": "n"}]""", "item is missing")]
    [InlineData("""[{"item": "oncall", "by": "a", "on": "2026-03-01", "note": "n"}]""", "'oncall' is not one of the checklist (real-models, ")]
    [InlineData("""[{"item": "on-call", "by": " ", "on": "2026-03-01", "note": "n"}]""", "by is missing")]
    [InlineData("""[{"item": "on-call", "by": "a", "on": "2026-03-01"}]""", "note is missing")]
    [InlineData("""[{"item": "on-call", "by": "a", "note": "n"}]""", "on is missing")]
    [InlineData("""[{"item": "on-call", "by": "a", "on": "yesterday", "note": "n"}]""", "JSON array")]
    [InlineData("""[{"item": "on-call", "by": "a", "on": "2026-03-07", "note": "n"}]""", "'2026-03-07' lies in the future")]
    [InlineData("""[{"item": "on-call", "by": "a", "on": "2025-12-05", "note": "n"}]""", "more than 90 days ago")]
    [InlineData("""[{"item": "on-call", "by": "a", "on": "2026-03-01", "note": "n", "state": "passed"}]""", "state")]
    [InlineData("""[{"item": "on-call", "by": "a", "on": "2026-03-01", "note": "n"}, {"item": "on-call", "by": "b", "on": "2026-03-01", "note": "n"}]""", "entry 2: item 'on-call' is there twice")]
    public void Read_WrongFile_NamesEntryFieldAndValue(string text, string said)
    {
        var error = Assert.Throws<CliException>(() => Read(text));
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_NoFile_SaysSo() =>
        Assert.Contains("can't be read", Assert.Throws<CliException>(() => Confirmations.Read("/nonexistent/golive.json", Today)).Message, StringComparison.Ordinal);

    public void Dispose() => File.Delete(file);

    private Confirmations Read(string text)
    {
        File.WriteAllText(file, text);
        return Confirmations.Read(file, Today);
    }
}
