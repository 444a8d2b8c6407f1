using Microsoft.Extensions.DependencyInjection;

namespace Navi.Portable.Host.Tests.Drain;

public sealed class DrainTests
{
    [Fact]
    public async Task Stop_RequestIsRunning_ItFinishesAndNoOtherIsAccepted()
    {
        var gate = new SlowFunctions.Gate();
        await using var host = await RunningHost.StartAsync(RunningHost.Options(typeof(SlowFunctions)), b => b.Services.AddSingleton(gate));
        var running = host.Client.GetStringAsync("slow");
        await gate.Entered.Task;

        var stopping = host.Host.StopAsync();
        using var newcomer = new HttpClient { BaseAddress = host.Host.Address };
        await Eventually.HoldsAsync(async () => await RefusesAsync(newcomer), "a draining host refuses new connections");
        Assert.False(stopping.IsCompleted);

        gate.Opened.SetResult();
        Assert.Equal("finished", await running);
        await stopping;
    }

    [Fact]
    public async Task Stop_RequestDoesNotEnd_IsInterruptedAfterTheBound()
    {
        var gate = new SlowFunctions.Gate();
        await using var host = await RunningHost.StartAsync(
            RunningHost.Options(typeof(SlowFunctions)) with { DrainTimeout = TimeSpan.FromMilliseconds(200) }, b => b.Services.AddSingleton(gate));
        var running = host.Client.GetStringAsync("slow");
        await gate.Entered.Task;

        await host.Host.StopAsync();
        await Assert.ThrowsAsync<HttpRequestException>(() => running);
    }

    [Fact]
    public async Task Stop_EventStreamIsOpen_IsCutAtOnce()
    {
        await using var host = await RunningHost.StartAsync(RunningHost.Options(typeof(SlowFunctions)) with { DrainTimeout = TimeSpan.FromMinutes(10) });
        using var response = await host.Client.GetAsync("stream", HttpCompletionOption.ResponseHeadersRead);
        await host.Host.StopAsync().WaitAsync(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAnyAsync<Exception>(() => response.Content.ReadAsStringAsync());
    }

    private static async Task<bool> RefusesAsync(HttpClient client)
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
            await client.GetAsync("nothing", limit.Token);
            return false;
        }
        catch (HttpRequestException)
        {
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
