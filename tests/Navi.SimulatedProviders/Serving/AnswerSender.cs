using System.Text;
using Microsoft.AspNetCore.Http;
using Navi.SimulatedProviders.Protocols;
using Navi.SimulatedProviders.Scenarios;

namespace Navi.SimulatedProviders.Serving;

/// <summary>Sends an answer at the scenario's speed, or as much of it as the failure leaves.</summary>
internal static class AnswerSender
{
    private static readonly TimeSpan BeforeReset = TimeSpan.FromMilliseconds(50);

    public static async Task SendAsync(HttpContext context, Protocol protocol, Answer answer, Scenario scenario, Fault? fault, Random random)
    {
        var gone = context.RequestAborted;
        if (fault?.Kind == FaultKind.HangStart)
        {
            await ForeverAsync(gone);
            return;
        }
        if (scenario.FirstToken.Draw(random) is { Ticks: > 0 } wait)
            await Task.Delay(wait, gone);
        var streams = answer.Request.Stream;
        var includeUsage = answer.Request.Body.TryGetProperty("stream_options", out var options) && options.TryGetProperty("include_usage", out var wants) && wants.GetBoolean();
        List<string> frames = streams ? [.. protocol.Frames(answer, includeUsage)] : [protocol.Whole(answer)];
        if (fault?.Kind == FaultKind.BrokenJson)
            frames = streams ? [frames[0], protocol.BrokenFrame] : [frames[0][..(frames[0].Length / 2)]];
        context.Response.ContentType = streams ? protocol.StreamType : "application/json";
        var bytes = frames.Select(Encoding.UTF8.GetBytes).ToList();
        var most = fault?.Kind is FaultKind.Cut or FaultKind.HangMiddle ? fault.AfterBytes ?? bytes.Sum(b => b.Length) / 2 : int.MaxValue;
        if (!streams && !(fault is { Kind: FaultKind.Cut, Orderly: true }))
            context.Response.ContentLength = bytes[0].Length;
        var pause = streams && scenario.TokensPerSecond > 0 ? TimeSpan.FromSeconds(answer.Usage.Output / scenario.TokensPerSecond / bytes.Count) : TimeSpan.Zero;
        foreach (var frame in bytes)
        {
            var part = frame.AsMemory(0, Math.Min(frame.Length, most));
            most -= part.Length;
            await context.Response.Body.WriteAsync(part, gone);
            if (most <= 0)
                break;
            if (pause > TimeSpan.Zero)
            {
                await context.Response.Body.FlushAsync(gone);
                await Task.Delay(pause, gone);
            }
        }
        await context.Response.Body.FlushAsync(gone);
        if (fault?.Kind == FaultKind.HangMiddle)
            await ForeverAsync(gone);
        else if (fault is { Kind: FaultKind.Cut, Orderly: false })
        {
            // A reset overtakes what still waits to be sent.
            await Task.Delay(BeforeReset, gone);
            context.Abort();
        }
    }

    private static Task ForeverAsync(CancellationToken gone) => Task.Delay(Timeout.Infinite, gone);
}
