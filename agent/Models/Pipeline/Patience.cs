using Navi.Agent.Models.Options;
using Navi.Agent.Models.Routing;

namespace Navi.Agent.Models.Pipeline;

/// <summary>The three time-outs of one answer: until it begins, between two parts, and as a whole.</summary>
internal sealed class Patience : IDisposable
{
    private readonly ModelEntry limits;
    private readonly CancellationTokenSource whole;
    private readonly CancellationTokenSource part;
    private readonly CancellationTokenSource both;
    private bool begun;

    public Patience(ModelEntry limits, TimeProvider time, CancellationToken cancellation)
    {
        this.limits = limits;
        whole = new CancellationTokenSource(limits.CallTimeout, time);
        part = new CancellationTokenSource(limits.FirstTokenTimeout, time);
        both = CancellationTokenSource.CreateLinkedTokenSource(whole.Token, part.Token, cancellation);
    }

    public CancellationToken Token => both.Token;

    /// <summary>The time-out that has passed; null while none has.</summary>
    public ModelFailureKind? Expired => part.IsCancellationRequested ? begun ? ModelFailureKind.IdleTimeout : ModelFailureKind.FirstTokenTimeout
        : whole.IsCancellationRequested ? ModelFailureKind.CallTimeout : null;

    /// <summary>A part of the answer has come. Signs of life without content do not begin it.</summary>
    public void Heard(bool isContent)
    {
        begun |= isContent;
        if (begun)
            part.CancelAfter(limits.IdleTimeout);
    }

    public string Sentence(ModelFailureKind kind) => kind switch
    {
        ModelFailureKind.FirstTokenTimeout => $"no answer began within {limits.FirstTokenTimeout.TotalSeconds:0.###} s (FirstTokenTimeout).",
        ModelFailureKind.IdleTimeout => $"the answer stopped for {limits.IdleTimeout.TotalSeconds:0.###} s (IdleTimeout).",
        _ => $"the answer was not finished within {limits.CallTimeout.TotalSeconds:0.###} s (CallTimeout).",
    };

    public void Dispose()
    {
        both.Dispose();
        part.Dispose();
        whole.Dispose();
    }
}
