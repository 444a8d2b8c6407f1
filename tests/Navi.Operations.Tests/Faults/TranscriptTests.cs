using Navi.Drills.Faults;
using Navi.Testing;

namespace Navi.Operations.Tests.Faults;

/// <summary>What the drill's document says of the machine on which it was run.</summary>
public sealed class TranscriptTests
{
    [Fact]
    public void WithoutPlaces_PathsOfTheMachine_AreTakenOut() => Assert.Equal(
        "dotnet exec …/tests/navi.dll up …/home and …/config/token, but /v1/tasks",
        Transcript.WithoutPlaces($"dotnet exec {SourceTree.Root}/tests/navi.dll up /tmp/navi-drill-f29LuJ/home and /var/x/navi-drill-aB1/config/token, but /v1/tasks"));

    [Fact]
    public void Document_AsItIsKept_NamesNoPlace()
    {
        var document = File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "FAULT_DRILL.md"));
        Assert.Equal(document, Transcript.WithoutPlaces(document));
        Assert.DoesNotContain("/tmp/", document, StringComparison.Ordinal);
    }
}
