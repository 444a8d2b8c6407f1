using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Navi.SimulatedProviders.Protocols;
using Navi.SimulatedProviders.Requests;
using Navi.SimulatedProviders.Scenarios;

namespace Navi.SimulatedProviders.Serving;

/// <summary>Decides what happens to a request: by the scenario, the seed, the conversation and how often it was asked; never by time or the order of other conversations.</summary>
internal sealed class Director(Scenario scenario)
{
    private const int CacheLeast = 1024;
    private const int CacheStep = 128;
    private readonly ConcurrentDictionary<string, int> attempts = new();
    private readonly ConcurrentDictionary<string, int> sent = new();

    public Scenario Scenario => scenario;

    /// <summary>The failure of this request, its answer, and the randomness that belongs to it.</summary>
    public (Fault? Fault, Answer Answer, Random Random) Decide(ModelRequest request, int number)
    {
        var conversation = Digest(request.First);
        var attempt = attempts.AddOrUpdate($"{conversation}/{request.Turn}", 1, (_, n) => n + 1);
        // Tools come and go with the phase of a task; the script does not depend on them.
        var steady = Seeded(conversation, 0);
        var own = Seeded($"{conversation}/{request.Turn}", attempt);
        var fault = scenario.Faults.FirstOrDefault(f => (f.Call is null || f.Call == number) && (f.Turn is null || f.Turn == request.Turn)
            && attempt <= (f.Times ?? (f.Turn is null ? int.MaxValue : 1)) && (f.Probability is null || own.NextDouble() < f.Probability));
        var turns = scenario.Scripts.FirstOrDefault(s => request.First.Contains(s.Contains, StringComparison.Ordinal))?.Turns ?? scenario.Turns;
        var turn = turns.Count == 0 ? CodingModel.Answer(request.Turn, request.Tools, steady)
            : request.Turn < turns.Count ? turns[request.Turn] : new Turn { Text = "The script of the simulated model has ended." };
        var id = Digest($"{scenario.Seed}/{conversation}/{request.Turn}/{attempt}")[..20];
        return (fault, new Answer(id, 1_790_000_000 + number, request, turn, Usage(request, turn, conversation)), own);
    }

    private TokenUse Usage(ModelRequest request, Turn turn, string conversation)
    {
        var read = Bytes(request, "messages") + Bytes(request, "tools") + Bytes(request, "system");
        var input = turn.InputTokens ?? TokenUse.Of(read);
        var before = sent.TryGetValue(conversation, out var bytes) ? Math.Min(TokenUse.Of(bytes), input) : 0;
        sent[conversation] = read;
        var cached = turn.CachedTokens ?? (before < CacheLeast ? 0 : before / CacheStep * CacheStep);
        var output = turn.OutputTokens ?? Math.Max(1, TokenUse.Of(Encoding.UTF8.GetByteCount(turn.Text) + turn.Calls.Sum(c => c.Name.Length + Encoding.UTF8.GetByteCount(c.Json))));
        return new TokenUse(input, Math.Min(cached, input), output);
    }

    private static int Bytes(ModelRequest request, string member) => request.Body.TryGetProperty(member, out var value) ? Encoding.UTF8.GetByteCount(value.GetRawText()) : 0;

    private Random Seeded(string what, int attempt) => new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{scenario.Seed}/{what}/{attempt}"))));

    private static string Digest(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
