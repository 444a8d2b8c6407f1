using Microsoft.Extensions.AI;
using Navi.Agent.Models.Options;
using Navi.Agent.Models.Providers;

namespace Navi.Agent.Models.Replay;

/// <summary>Plays back a recorded conversation, for tests and demonstrations: nothing leaves this process and nothing is paid.</summary>
internal sealed class ReplayKind : IModelKind
{
    public string Name => "replay";

    public bool StaysHere => true;

    public IEnumerable<string> Problems(ModelEntry entry)
    {
        if (string.IsNullOrWhiteSpace(entry.File))
            yield return "File is missing: replay needs the file with the recorded conversation.";
        else if (Recording.Problem(entry.File) is { } problem)
            yield return $"File is '{entry.File}': {problem}.";
    }

    public Uri? Endpoint(ModelEntry entry) => null;

    public IChatClient Create(ModelEntry entry, HttpClient http) => new ReplayChatClient(Recording.Read(entry.File!));
}
