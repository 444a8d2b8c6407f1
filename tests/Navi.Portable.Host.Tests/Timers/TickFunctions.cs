using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace Navi.Portable.Host.Tests.Timers;

/// <summary>Timers of every shape; each class is an application of its own.</summary>
public static class TickFunctions
{
    public sealed class Ticks
    {
        public ConcurrentQueue<TimerInfo> Fired { get; } = new();

        public int Running;

        public bool Overlapped;
    }

    public static class EverySecond
    {
        [Function("EverySecond")]
        public static void Run([TimerTrigger("* * * * * *")] TimerInfo timer, FunctionContext context) =>
            context.InstanceServices.GetRequiredService<Ticks>().Fired.Enqueue(timer);
    }

    public static class Failing
    {
        [Function("Failing")]
        public static Task Run([TimerTrigger("* * * * * *")] TimerInfo timer, FunctionContext context)
        {
            context.InstanceServices.GetRequiredService<Ticks>().Fired.Enqueue(timer);
            return Task.FromException(new InvalidOperationException("on purpose"));
        }
    }

    public static class Slow
    {
        [Function("Slow")]
        public static async Task Run([TimerTrigger("* * * * * *")] TimerInfo timer, FunctionContext context)
        {
            var ticks = context.InstanceServices.GetRequiredService<Ticks>();
            if (Interlocked.Increment(ref ticks.Running) > 1)
                ticks.Overlapped = true;
            await Task.Delay(TimeSpan.FromMilliseconds(1500));
            Interlocked.Decrement(ref ticks.Running);
            ticks.Fired.Enqueue(timer);
        }
    }

    public static class AtStart
    {
        [Function("AtStart")]
        public static void Run([TimerTrigger("0 0 0 1 1 *", RunOnStartup = true)] TimerInfo timer, FunctionContext context) =>
            context.InstanceServices.GetRequiredService<Ticks>().Fired.Enqueue(timer);
    }

    public static class Yearly
    {
        [Function("Yearly")]
        public static void Run([TimerTrigger("%YEARLY_SCHEDULE%")] TimerInfo timer, FunctionContext context) =>
            context.InstanceServices.GetRequiredService<Ticks>().Fired.Enqueue(timer);
    }

    public static class FiveFields
    {
        [Function("FiveFields")]
        public static void Run([TimerTrigger("*/5 * * * *")] TimerInfo timer)
        {
        }
    }
}
