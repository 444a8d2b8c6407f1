using System.Collections.Concurrent;
using Microsoft.DurableTask;

namespace Navi.Portable.Durable.Tests.Client;

/// <summary>Activities that fail while they are told to, and a record of who was called with what.</summary>
internal sealed class FlakyWorld
{
    private readonly ConcurrentDictionary<string, bool> broken = new();

    public ConcurrentQueue<string> Calls { get; } = new();

    public void Break(params string[] inputs)
    {
        foreach (var input in inputs) broken[input] = true;
    }

    public void Mend() => broken.Clear();

    public int CallsOf(string input) => Calls.Count(call => call == input);

    public bool IsBroken(string input) => broken.ContainsKey(input);

    public void AddTo(DurableTaskRegistry tasks) => tasks.AddActivityFunc<string, string>("Do", (_, input) =>
    {
        Calls.Enqueue(input);
        return IsBroken(input) ? throw new InvalidOperationException($"{input} is broken") : $"did {input}";
    });
}
