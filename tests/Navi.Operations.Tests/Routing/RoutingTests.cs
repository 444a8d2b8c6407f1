using Navi.Drills.Routing;
using Navi.Testing;

namespace Navi.Operations.Tests.Routing;

/// <summary>Who is told of an alert, and who is spared.</summary>
public sealed class RoutingTests(ITestOutputHelper output)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Configuration_CheckedByAmtool_IsAccepted()
    {
        var result = await Amtool.CheckConfigurationAsync(Cancellation);
        Assert.True(result.ExitCode == 0, result.Output);
    }

    [Fact]
    public async Task Alerts_OfEverySeverity_GoToItsReceiver()
    {
        var result = await Amtool.TestRoutesAsync(Cancellation);
        Assert.True(result.ExitCode == 0, result.Output);
        output.WriteLine($"amtool: {Amtool.Routes.Count} routes");
    }

    [Fact]
    public async Task Alertmanager_PageAndTicketOfOneName_SendsThePageAlone()
    {
        await using var bench = await RoutingBench.StartAsync(Cancellation);
        await bench.Alertmanager.FireAsync([("NaviErrorsNew", "page"), ("NaviErrorsNew", "ticket"), ("NaviDiskSlow", "ticket")], Cancellation);
        await bench.ReceivedAsync("slack", "NaviDiskSlow");
        await bench.ReceivedAsync("pagerduty", "NaviErrorsNew");
        Assert.DoesNotContain(bench.Webhooks.Deliveries, d => d is { Receiver: "slack", Alert: "NaviErrorsNew" });
    }

    [Fact]
    public async Task Alertmanager_NaviIsDown_SendsThatAlone()
    {
        await using var bench = await RoutingBench.StartAsync(Cancellation);
        var others = Amtool.Routes.Where(r => r.Alert != "NaviDown").ToList();
        await bench.Alertmanager.FireAsync([("NaviDown", "page"), .. others, ("SomethingElse", "ticket")], Cancellation);
        await bench.ReceivedAsync("slack", "SomethingElse");
        await bench.ReceivedAsync("pagerduty", "NaviDown");
        Assert.Equal(["NaviDown", "SomethingElse"], bench.Webhooks.Deliveries.Select(d => d.Alert).Distinct().Order());
    }

    private sealed class RoutingBench(DirectoryInfo directory, WebhookReceiver webhooks, AlertmanagerServer alertmanager) : IAsyncDisposable
    {
        public WebhookReceiver Webhooks => webhooks;

        public AlertmanagerServer Alertmanager => alertmanager;

        public static async Task<RoutingBench> StartAsync(CancellationToken cancellation)
        {
            var directory = Directory.CreateTempSubdirectory("navi-routing-");
            var webhooks = await WebhookReceiver.StartAsync(cancellation);
            return new RoutingBench(directory, webhooks, await AlertmanagerServer.StartAsync(directory.FullName, webhooks.Address, cancellation));
        }

        public Task ReceivedAsync(string receiver, string alert) =>
            Wait.UntilAsync(() => Task.FromResult(webhooks.Deliveries.Any(d => d.Receiver == receiver && d.Alert == alert)), () => $"{receiver} was not told of {alert}: {string.Join(", ", webhooks.Deliveries)}");

        public async ValueTask DisposeAsync()
        {
            await alertmanager.DisposeAsync();
            await webhooks.DisposeAsync();
            directory.Delete(recursive: true);
        }
    }
}
