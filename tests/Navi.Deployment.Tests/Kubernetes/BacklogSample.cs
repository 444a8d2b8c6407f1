namespace Navi.Deployment.Tests.Kubernetes;

/// <summary>What two roles count in one snapshot.</summary>
/// <param name="Scaled">What the scaler's query answers the scaler's role.</param>
/// <param name="Open">Instances that were accepted and have not ended, counted by the owner.</param>
internal sealed record BacklogSample(double Scaled, long Open);
