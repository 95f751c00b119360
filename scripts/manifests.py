"""What no schema sees in Kubernetes manifests: that selectors find pods, names and ports exist, and that Continuo has each
setting. scripts/manifests.sh calls it."""

import re
import sys
from pathlib import Path

import yaml


def load(files):
    for file in files:
        yield from (document for document in yaml.safe_load_all(Path(file).read_text()) if document)


def pods(objects):
    return [o["spec"]["template"] for o in objects if o["kind"] == "Deployment"]


def containers(objects):
    return [c for pod in pods(objects) for c in pod["spec"]["containers"]]


def of_kind(objects, kind):
    return {o["metadata"]["name"]: o for o in objects if o["kind"] == kind}


def selectors(objects):
    """Each selector, with whose it is."""
    for o in objects:
        name, spec = f"{o['kind']} {o['metadata']['name']}", o.get("spec", {})
        match o["kind"]:
            case "Service":
                yield name, spec["selector"]
            case "NetworkPolicy":
                yield name, spec["podSelector"]["matchLabels"]
                for rule in spec["ingress"]:
                    for source in rule.get("from", []):
                        yield name, source["podSelector"]["matchLabels"]
            case "PodDisruptionBudget":
                yield name, spec["selector"]["matchLabels"]
            case "Deployment":
                yield name, spec["selector"]["matchLabels"]
                for spread in spec["template"]["spec"].get("topologySpreadConstraints", []):
                    yield name, spread["labelSelector"]["matchLabels"]


def faults(objects):
    labels = [pod["metadata"]["labels"] for pod in pods(objects)]
    for name, selector in selectors(objects):
        if not any(selector.items() <= some.items() for some in labels):
            yield f"{name} selects no pod: {selector}"

    deployments = of_kind(objects, "Deployment")
    for name, scaler in of_kind(objects, "HorizontalPodAutoscaler").items():
        target = scaler["spec"]["scaleTargetRef"]
        if target["name"] not in deployments:
            yield f"HorizontalPodAutoscaler {name} scales nothing: {target['name']}"

    maps, claims = of_kind(objects, "ConfigMap"), of_kind(objects, "PersistentVolumeClaim")
    for pod in pods(objects):
        volumes = {volume["name"]: volume for volume in pod["spec"].get("volumes", [])}
        for volume in volumes.values():
            claim = volume.get("persistentVolumeClaim", {}).get("claimName")
            if claim and claim not in claims:
                yield f"no such claim: {claim}"
        for container in pod["spec"]["containers"]:
            for mount in container.get("volumeMounts", []):
                if mount["name"] not in volumes:
                    yield f"no such volume: {mount['name']}"
            for source in container.get("envFrom", []):
                if source["configMapRef"]["name"] not in maps:
                    yield f"no such config map: {source['configMapRef']['name']}"
            ports = {port["name"]: port["containerPort"] for port in container["ports"]}
            for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
                if container[probe]["httpGet"]["port"] not in ports:
                    yield f"{probe} of {container['args']} asks a port that is not there"

    open_ports = {p for c in containers(objects) for port in c["ports"] for p in (port["name"], port["containerPort"])}
    for name, service in of_kind(objects, "Service").items():
        for port in service["spec"]["ports"]:
            if port.get("targetPort", port["port"]) not in open_ports:
                yield f"Service {name} leads to a port that is not there: {port}"
    for name, policy in of_kind(objects, "NetworkPolicy").items():
        for rule in policy["spec"]["ingress"]:
            for port in rule["ports"]:
                if port["port"] not in open_ports:
                    yield f"NetworkPolicy {name} opens a port that is not there: {port}"

    known = set(re.findall(r"`(CONTINUO_[A-Z_]+)`", Path("docs/configuration.md").read_text()))
    settings = {key for each in maps.values() for key in each["data"]}
    settings |= {variable["name"] for c in containers(objects) for variable in c.get("env", [])}
    settings |= set(re.findall(r"(CONTINUO_[A-Z_]+):", Path("docker-compose.yml").read_text()))
    for setting in sorted(settings - known):
        yield f"Continuo has no setting {setting}"


found = list(faults(list(load(sys.argv[1:]))))
print("\n".join(found), file=sys.stderr, end="\n" if found else "")
sys.exit(1 if found else 0)
