using System.Text.RegularExpressions;
using Navi.Testing;

namespace Navi.Orchestrations.Tests.Sources;

/// <summary>Functions and orchestrations run on hosts whose durable clients differ; only these calls behave alike.</summary>
public sealed partial class SafeClientCallTests
{
    private static readonly string[] Safe =
    [
        "ScheduleNewOrchestrationInstanceAsync", "RaiseEventAsync", "TerminateInstanceAsync", "SuspendInstanceAsync", "ResumeInstanceAsync", "GetInstanceAsync", "GetAllInstancesAsync",
        "PurgeInstanceAsync", "WaitForInstanceStartAsync", "WaitForInstanceCompletionAsync",
    ];

    [Theory]
    [InlineData("functions")]
    [InlineData("orchestrations")]
    public void ClientCalls_OfTheTree_AreSafeOnBothHosts(string folder)
    {
        var unsafeCalls = SourceTree.CSharpFiles(folder).SelectMany(f => ClientCall().Matches(File.ReadAllText(f)).Select(m => (f, m.Groups[1].Value))).Where(c => !Safe.Contains(c.Value));

        Assert.Empty(unsafeCalls);
    }

    [Theory]
    [InlineData("functions")]
    [InlineData("orchestrations")]
    public void Sources_OfTheTree_DoNotNameTheHost(string folder)
    {
        var naming = SourceTree.CSharpFiles(folder).Where(f => HostName().IsMatch(File.ReadAllText(f)));

        Assert.Empty(naming);
    }

    [GeneratedRegex(@"\bclient\s*\.\s*(\w+)\s*[(<]")]
    private static partial Regex ClientCall();

    [GeneratedRegex(@"Navi\.Portable|#if\b|NaviHost")]
    private static partial Regex HostName();
}
