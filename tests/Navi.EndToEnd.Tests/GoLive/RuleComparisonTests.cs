using System.Text.Json;
using Navi.Cli.GoLive.Checks;
using Navi.Cli.GoLive.Release;

namespace Navi.EndToEnd.Tests.GoLive;

/// <summary>A rule is what it asks, how long it waits and whom it calls, not its name.</summary>
public sealed class RuleComparisonTests
{
    private static readonly ReleaseRule Page = Alert("Full", "disk < 10", "2m", "page", "1h");
    private static readonly ReleaseRule Ticket = Alert("Full", "disk < 20", "5m", "ticket", "6h");
    private static readonly ReleaseRule Recording = new("disk:sum", false, "sum(disk)", TimeSpan.Zero, new Dictionary<string, string>());

    [Fact]
    public void Differences_SameRules_None() => Assert.Empty(Of(Loaded(Page), Loaded(Ticket), Loaded(Recording)));

    [Fact]
    public void Differences_WhatOthersAdded_None() =>
        Assert.Empty(Of(Loaded(Page with { Labels = new Dictionary<string, string>(Page.Labels) { ["team"] = "agents" } }), Loaded(Ticket), Loaded(Recording), Loaded(Page with { Name = "Other" })));

    [Fact]
    public void Differences_OtherThreshold_SaysBoth() => Assert.Equal(["Full (page, 1h) is another at Prometheus: it asks 'disk < 1' instead of 'disk < 10'"], Of(Loaded(Page with { Expression = "disk < 1" }), Loaded(Ticket), Loaded(Recording)));

    [Fact]
    public void Differences_OtherDuration_SaysBoth() => Assert.Equal(["Full (ticket, 6h) is another at Prometheus: it waits 60 s instead of 300 s"], Of(Loaded(Page), Loaded(Ticket with { For = TimeSpan.FromMinutes(1) }), Loaded(Recording)));

    [Fact]
    public void Differences_OtherSeverity_SaysBoth() => Assert.Equal(["Full (page, 1h) is another at Prometheus: its severity is 'ticket' instead of 'page'"], Of(Loaded(Alert("Full", "disk < 10", "2m", "ticket", "1h")), Loaded(Ticket), Loaded(Recording)));

    [Fact]
    public void Differences_NoSeverity_SaysSo() => Assert.Contains("its severity is '' instead of 'page'", Of(Loaded(Page with { Labels = new Dictionary<string, string>() }), Loaded(Ticket), Loaded(Recording)).Single(), StringComparison.Ordinal);

    [Fact]
    public void Differences_RecordingOfAnAlertsName_IsMissing() => Assert.Equal(["Prometheus does not have disk:sum"], Of(Loaded(Page), Loaded(Ticket), Loaded(Recording with { IsAlert = true })));

    [Fact]
    public void Differences_NothingLoaded_NamesEachOnce() => Assert.Equal(["Prometheus does not have Full, disk:sum"], Of());

    [Theory]
    [InlineData("err", "Prometheus can't evaluate disk:sum")]
    [InlineData("unknown", "Prometheus has not evaluated disk:sum yet")]
    public void Differences_Unhealthy_SaysSo(string health, string said) => Assert.Equal([said], Of(Loaded(Page), Loaded(Ticket), new LoadedRule(Recording, health)));

    [Fact]
    public void All_AnswerOfPrometheus_IsRead()
    {
        var loaded = LoadedRule.All(JsonElement.Parse(
            """
            {"status":"success","data":{"groups":[{"name":"g","rules":[
              {"state":"inactive","name":"Full","query":"disk < 10","duration":120,"labels":{"severity":"page","window":"1h"},"annotations":{},"alerts":[],"health":"ok","type":"alerting"},
              {"name":"disk:sum","query":"sum(disk)","health":"unknown","type":"recording"}]}]}}
            """));
        Assert.Equal(["Prometheus has not evaluated disk:sum yet"], RuleComparison.Differences([Page, Recording], loaded));
    }

    private static IReadOnlyList<string> Of(params LoadedRule[] loaded) => RuleComparison.Differences([Page, Ticket, Recording], loaded);

    private static LoadedRule Loaded(ReleaseRule rule) => new(rule, "ok");

    private static ReleaseRule Alert(string name, string expression, string wait, string severity, string window) =>
        new(name, true, expression, PromText.Duration(wait), new Dictionary<string, string> { ["severity"] = severity, ["window"] = window });
}
