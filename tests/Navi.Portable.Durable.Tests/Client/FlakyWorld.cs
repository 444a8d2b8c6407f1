using System.Collections.Concurrent;
using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Tests.Client;

/// <summary>Activities that fail or wait while they are told to, and a record of who was called with what.</summary>
internal sealed class FlakyWorld
{
    private readonly ConcurrentDictionary<string, bool> broken = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource> held = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    public void Break(params string[] inputs)
    {
        foreach (var input in inputs) broken[input] = true;
    }

    /// <summary>Calls with this input wait until the answer is completed.</summary>
    public TaskCompletionSource Hold(string input) => held[input] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Mend() => broken.Clear();

    public int CallsOf(string input) => Calls.Count(call => call == input);

    public bool IsBroken(string input) => broken.ContainsKey(input);

    public void AddTo(DurableTaskRegistry tasks) => tasks.AddActivityFunc<string, string>("Do", async (_, input) =>
    {
        Calls.Enqueue(input);
        if (held.TryGetValue(input, out var free)) await free.Task;
        return IsBroken(input) ? throw new InvalidOperationException($"{input} is broken") : $"did {input}";
    });
}
